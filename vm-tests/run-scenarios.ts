// Boots machines in every scenario, or in those that ONLY and TIER name: `make vm-test`.
// Further arguments go to vitest.
import { Complaint, describeError } from './complaint.ts';
import { choose, readManifest, rootsOf } from './manifest.ts';
import { runPrepared } from './preparation.ts';
import { chosenBy } from './tier.ts';

try {
    const chosen = choose(readManifest(), chosenBy(process.env));
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
