// All scenarios, one after the other around one lab, as the first process of their namespaces.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildDirectory, projectDirectory } from './build-directory.ts';
import { Complaint, describeError } from './complaint.ts';
import { startLab } from './lab.ts';
import { publishLab } from './lab-file.ts';
import { endWithStarter } from './namespace.ts';
import { preparation } from './preparation.ts';
import { writeReport } from './report/write.ts';
import { siteIn } from './site.ts';
import { firstTierAlone } from './tier.ts';

const reportOption = '--outputFile.json=';

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

    const only = process.env.ONLY ?? '';
    // Whoever asks for a report of his own gets that one alone: vitest writes one of a kind.
    const asked = words.find((word) => word.startsWith(reportOption))?.slice(reportOption.length);
    const results = asked ?? join(prepared.directory, 'vitest.json');
    const build = buildDirectory();
    await rm(build.records, { recursive: true, force: true });
    await mkdir(build.records, { recursive: true });
    const reporters = ['--reporter', 'verbose', '--reporter', 'json', `${reportOption}${results}`];
    const vitest = spawn(
        process.execPath,
        [
            join(projectDirectory, 'node_modules/vitest/vitest.mjs'),
            'run',
            ...(firstTierAlone ? ['vm-tests/scenarios/first/'] : []),
            ...['--root', projectDirectory, '--project', 'vm'],
            ...(asked === undefined ? reporters : []),
            ...['--reporter', 'junit', `--outputFile.junit=${build.junit}`],
            // What a machine does is shown while it does it.
            '--disable-console-intercept',
            ...(only === '' ? [] : ['--testNamePattern', only]),
            ...words,
        ],
        { stdio: ['ignore', 'inherit', 'inherit'] },
    );
    const [status] = (await Promise.race([once(vitest, 'exit'), broken])) as [number | null];
    await writeReport(build);
    process.stdout.write(`\nThe run as a page: ${build.report}\n`);
    return status === 0 ? expectAllRan(results, only) : 1;
}

/** A scenario that was skipped has shown nothing, so it does not pass. */
async function expectAllRan(results: string, only: string): Promise<number> {
    const { numPassedTests, numTotalTests } = JSON.parse(await readFile(results, 'utf8'));
    if (numPassedTests === 0) {
        throw new Complaint(`no scenario was run: there is none with "${only}" in its name`);
    }
    if (only === '' && numPassedTests !== numTotalTests) {
        throw new Complaint(`${numTotalTests - numPassedTests} scenarios did not run`);
    }
    return 0;
}
