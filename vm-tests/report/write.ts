import { writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { type BuildDirectory, projectDirectory } from '../build-directory.ts';
import { appendHistory, historyEntry, readHistory } from './history.ts';
import { reportPage } from './page.ts';
import { readRecords } from './record.ts';

/** Adds the run whose records are there to the history, and writes the page about it. */
export async function writeReport(build: BuildDirectory): Promise<void> {
    const records = await readRecords(build.records);
    const at = new Date().toISOString();
    const commit = await commitName();
    await appendHistory(build.history, historyEntry(records, at, commit));
    const history = await readHistory(build.history);
    await writeFile(build.report, reportPage({ records, history, commit, at }));
}

/** `1a2b3c4`, and `1a2b3c4-dirty` with changes that are not committed; `unknown` outside a checkout. */
async function commitName(): Promise<string> {
    const describe = ['describe', '--always', '--dirty', '--exclude=*'];
    const { stdout } = await execa('git', describe, { cwd: projectDirectory, reject: false });
    return stdout || 'unknown';
}
