// The scenarios of a run around one lab, as the first process of their namespaces.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startBroker } from './broker.ts';
import { buildDirectory, projectDirectory } from './build-directory.ts';
import { capacity } from './capacity.ts';
import { describeError } from './complaint.ts';
import { startLab } from './lab.ts';
import { publishLab } from './lab-file.ts';
import { choose, type PlannedScenario, patternOf, readManifest } from './manifest.ts';
import { endWithStarter } from './namespace.ts';
import { preparation } from './preparation.ts';
import { readRecords, type ScenarioRecord } from './report/record.ts';
import { writeReport } from './report/write.ts';
import { brokerSocket } from './reserve.ts';
import { siteIn } from './site.ts';
import { chosenBy } from './tier.ts';

endWithStarter();
try {
    process.exit(await runScenarios(process.argv.slice(2)));
} catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    process.exit(1);
}

async function runScenarios(words: readonly string[]): Promise<number> {
    const prepared = preparation();
    const site = await siteIn(prepared.config);
    const { broken, lab } = await startLab(prepared, site, (text) =>
        process.stdout.write(`        ${text}\n`),
    );
    await publishLab(lab);
    const room = capacity();
    await startBroker(brokerSocket, room);
    process.stdout.write(`        up to ${room} machines have power at the same time\n`);

    const chosen = choose(readManifest(), chosenBy(process.env));
    const build = buildDirectory();
    await rm(build.records, { recursive: true, force: true });
    await mkdir(build.records, { recursive: true });
    const vitest = spawn(
        process.execPath,
        [
            join(projectDirectory, 'node_modules/vitest/vitest.mjs'),
            'run',
            ...new Set(chosen.map(({ file }) => file)),
            ...['--root', projectDirectory, '--project', 'vm'],
            ...['--testNamePattern', patternOf(chosen)],
            ...['--reporter', 'verbose'],
            ...['--reporter', 'junit', `--outputFile.junit=${build.junit}`],
            // What a machine does is shown while it does it.
            '--disable-console-intercept',
            ...words,
        ],
        { stdio: ['ignore', 'inherit', 'inherit'] },
    );
    const [status] = (await Promise.race([once(vitest, 'exit'), broken])) as [number | null];
    await writeReport(build);
    process.stdout.write(`\nThe run as a page: ${build.report}\n`);
    const records = await readRecords(build.records);
    const missing = neverRan(chosen, records);
    for (const { id, title } of missing) {
        process.stdout.write(`did not run: ${id} ${title}\n`);
    }
    const passed = records.filter(({ outcome }) => outcome === 'passed').length;
    const failed = records.length - passed + missing.length;
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
    return status === 0 && failed === 0 ? 0 : 1;
}

/** What was planned and left no record has shown nothing, so it does not pass. */
function neverRan(
    chosen: readonly PlannedScenario[],
    records: readonly ScenarioRecord[],
): readonly PlannedScenario[] {
    const ran = new Set(records.map(({ id }) => id));
    return chosen.filter(({ id }) => !ran.has(id));
}
