// The scenarios of a run around one lab, as the first process of their namespaces.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startBroker } from './broker.ts';
import { buildDirectory, projectDirectory } from './build-directory.ts';
import { capacity } from './capacity.ts';
import { describeError } from './complaint.ts';
import { letGoAtEnter } from './keep/keep-failed.ts';
import { startLab } from './lab.ts';
import { publishLab } from './lab-file.ts';
import { choose, type PlannedScenario, readManifest } from './manifest.ts';
import { endWithStarter } from './namespace.ts';
import { usualFirmware } from './network-start.ts';
import { type Preparation, preparation } from './preparation.ts';
import { systemName, writeReport } from './report/write.ts';
import { brokerSocket } from './reserve.ts';
import { type RunResult, runPlanned } from './run-planned.ts';
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
    const chosen = choose(readManifest(), chosenBy(process.env));
    const build = buildDirectory();
    // Those of the run before: what this one does not come to has none.
    await rm(build.records, { recursive: true, force: true });
    await mkdir(build.records, { recursive: true });
    const { aside, failed, passed, problems } = await runInLab(prepared, chosen, words).finally(
        async () => {
            await writeReport(build, {
                circumstances: {
                    accelerator: prepared.accelerator.name,
                    slowness: prepared.accelerator.slowness,
                    firmware: usualFirmware,
                    system: await systemName(),
                },
                planned: chosen,
            });
            process.stdout.write(`\nThe run as a page: ${build.report}\n`);
        },
    );
    for (const line of [...aside, ...problems]) {
        process.stdout.write(`${line}\n`);
    }
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
    return problems.length === 0 ? 0 : 1;
}

async function runInLab(
    prepared: Preparation,
    chosen: readonly PlannedScenario[],
    words: readonly string[],
): Promise<RunResult> {
    const site = await siteIn(prepared.config);
    const { broken, lab } = await startLab(prepared, site, (text) =>
        process.stdout.write(`        ${text}\n`),
    );
    await publishLab(lab);
    const room = capacity();
    await startBroker(brokerSocket, room);
    process.stdout.write(`        up to ${room} machines have power at the same time\n`);
    letGoAtEnter(lab.directory);
    const reporter = join(projectDirectory, 'vm-tests/report/live/reporter.ts');
    const build = buildDirectory();
    return Promise.race([
        runPlanned({ build, chosen, project: 'vm', reporter, room, words }),
        broken,
    ]);
}
