import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { execa } from 'execa';
import { type BuildDirectory, projectDirectory } from '../build-directory.ts';
import {
    appendHistory,
    type Circumstances,
    historyEntry,
    readHistory,
    type ScenarioResult,
} from './history.ts';
import { junitXml } from './junit.ts';
import { reportPage } from './page.ts';
import { readRecords } from './record.ts';

/** What is known of a run before its records are read. */
export interface RunFacts {
    readonly circumstances?: Circumstances;
    /** The scenarios that were to run; those without a record count as failed. Default: those that did. */
    readonly planned?: readonly Pick<ScenarioResult, 'id' | 'title'>[];
}

/** Adds the run whose records are there to the history, and writes the page and the XML about it. */
export async function writeReport(build: BuildDirectory, facts: RunFacts = {}): Promise<void> {
    const { circumstances, planned = [] } = facts;
    const records = await readRecords(build.records);
    const at = new Date().toISOString();
    const commit = await commitName();
    const ran = new Set<string>(records.map(({ id }) => id));
    const missing = planned.filter((one) => !ran.has(one.id));
    const entry = historyEntry(records, at, commit, circumstances, missing);
    await appendHistory(build.history, entry);
    const history = await readHistory(build.history);
    await writeFile(
        build.report,
        reportPage({
            records,
            missing,
            history,
            commit,
            at,
            ...(circumstances === undefined ? {} : { circumstances }),
        }),
    );
    await mkdir(dirname(build.junit), { recursive: true });
    await writeFile(build.junit, junitXml({ records, missing, commit, at }));
}

/** `Debian GNU/Linux 12 (bookworm)`, by os-release(5). */
export async function systemName(file = '/etc/os-release'): Promise<string> {
    const text = await readFile(file, 'utf8').catch(() => '');
    return /^PRETTY_NAME="?(?<name>[^"\n]*)/m.exec(text)?.groups?.name ?? 'unknown';
}

/** `1a2b3c4`, and `1a2b3c4-dirty` with changes that are not committed; `unknown` outside a checkout. */
async function commitName(): Promise<string> {
    const describe = ['describe', '--always', '--dirty', '--exclude=*'];
    const { stdout } = await execa('git', describe, { cwd: projectDirectory, reject: false });
    return stdout || 'unknown';
}
