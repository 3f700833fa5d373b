// Boots machines in every scenario, or in those that ONLY and TIER name: `make vm-test`.
// Further arguments go to vitest.
import { Complaint, describeError } from './complaint.ts';
import { choose, readManifest, rootsOf } from './manifest.ts';
import { runPrepared } from './preparation.ts';
import { quarantine } from './quarantine.ts';
import { quarantineProblems } from './quarantine-rules.ts';
import { chosenBy } from './tier.ts';

try {
    const all = readManifest();
    const ids = all.map(({ id }) => id);
    const problems = quarantineProblems(quarantine, ids, new Date());
    if (problems.length > 0) {
        throw new Complaint(`vm-tests/quarantine.ts is not in order:\n${problems.join('\n')}`);
    }
    const chosen = choose(all, chosenBy(process.env));
    if (chosen.length === 0) {
        throw new Complaint(
            `no scenario fits ONLY=${process.env.ONLY ?? ''}: docs/reference/scenarios.md lists all`,
        );
    }
    await runPrepared('scenarios-inside', process.argv.slice(2), rootsOf(chosen));
} catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    process.exitCode = 2;
}
