/**
 * Breaks the shell core on purpose, one mistake at a time, in a copy of it, and has the tests of
 * that copy notice. Fails if a mistake goes unnoticed, or if one no longer applies.
 *
 * Usage: mutate-printer.ts [TEXT]: only the mistakes whose name or file has the text in it.
 */
import {
    cpSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { type Mutation, mutations } from './mutations.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** They start shells: only what the others let pass is worth their time. */
const slowTests = ['round-trip', 'behaviour', 'independent-parser', 'shellcheck'];

/** Copies of the shell core, one for each of the processes that run side by side. */
const copies = 2;

const configuration = `export default {
    test: { include: ['generator/sh/*.test.ts'], bail: 1, pool: 'threads', fileParallelism: false },
};
`;

function makeCopy(): string {
    const directory = mkdtempSync(join(tmpdir(), 'rbdboot-mutation-'));
    mkdirSync(join(directory, 'generator'));
    for (const folder of ['sh', 'testing']) {
        cpSync(join(project, 'generator', folder), join(directory, 'generator', folder), {
            recursive: true,
        });
    }
    cpSync(join(project, 'package.json'), join(directory, 'package.json'));
    symlinkSync(join(project, 'node_modules'), join(directory, 'node_modules'));
    writeFileSync(join(directory, 'vitest.config.ts'), configuration);
    return directory;
}

/** Which test failed, if one did. */
async function failingTest(
    directory: string,
    ...which: readonly string[]
): Promise<string | undefined> {
    const report = join(directory, 'report.json');
    const { exitCode, all } = await execa(
        'node_modules/.bin/vitest',
        ['run', '--reporter=json', `--outputFile=${report}`, ...which],
        { cwd: directory, reject: false, all: true, env: { PROPERTY_RUNS: '0.5' } },
    );
    const { numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    rmSync(report);
    if (exitCode !== 0 && numFailedTests === 0) {
        throw new Error(`the tests do not run:\n${all}`);
    }
    const failed = testResults.flatMap(({ assertionResults }) => assertionResults);
    return failed.find(({ status }) => status === 'failed')?.fullName.replaceAll(/\s+/g, ' ');
}

interface Report {
    readonly numFailedTests: number;
    readonly testResults: readonly {
        readonly assertionResults: readonly {
            readonly status: string;
            readonly fullName: string;
        }[];
    }[];
}

async function firstFailure(directory: string): Promise<string | undefined> {
    const quick = slowTests.flatMap((name) => ['--exclude', `**/${name}.test.ts`]);
    return (await failingTest(directory, ...quick)) ?? (await failingTest(directory, ...slowTests));
}

/** What became of a mistake: the test that noticed it, or what is wrong. */
async function tryOut(directory: string, { file, from, to }: Mutation): Promise<Verdict> {
    const path = join(directory, 'generator/sh', file);
    const text = readFileSync(path, 'utf8');
    if (text.split(from).length !== 2) {
        return {
            caught: false,
            how: 'its text does not stand once in the file: bring it up to date',
        };
    }
    try {
        // A function, since a replacement text has $ of its own.
        writeFileSync(
            path,
            text.replace(from, () => to),
        );
        const test = await firstFailure(directory);
        return { caught: test !== undefined, how: test ?? 'no test noticed' };
    } finally {
        writeFileSync(path, text);
    }
}

interface Verdict {
    readonly caught: boolean;
    readonly how: string;
}

const [wanted = ''] = process.argv.slice(2);
const queue = mutations.filter(({ name, file }) => `${file} ${name}`.includes(wanted));
const total = queue.length;
const directories = Array.from({ length: copies }, makeCopy);
let done = 0;
let missed = 0;

async function work(directory: string): Promise<void> {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const { caught, how } = await tryOut(directory, next);
        done += 1;
        missed += caught ? 0 : 1;
        const verdict = caught ? 'caught    ' : 'NOT caught';
        console.log(
            `${String(done).padStart(3)}/${total} ${verdict} ${next.file}: ${next.name} (${how})`,
        );
    }
}

try {
    const [first = ''] = directories;
    const broken = await firstFailure(first);
    if (broken !== undefined) {
        throw new Error(`the tests fail without any mistake: ${broken}`);
    }
    await Promise.all(directories.map(work));
    console.log(`${total - missed} of ${total} mistakes caught`);
    process.exitCode = missed === 0 && total > 0 ? 0 : 1;
} finally {
    for (const directory of directories) {
        rmSync(directory, { recursive: true });
    }
}
