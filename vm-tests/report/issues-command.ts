// Opens an issue for each kind of failure of a night, or brings the one that is open up to date.
// Usage: issues-command.ts DIRECTORY RUN, with the program gh and its GH_TOKEN.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { Complaint, describeError } from '../complaint.ts';
import type { Comparison } from './compare.ts';
import { type FailureIssue, issuesOf, type Leg, markOf } from './issues.ts';

try {
    await tell(process.argv[2], process.argv[3]);
} catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    process.exitCode = 1;
}

async function tell(directory = '', run = ''): Promise<void> {
    if (directory === '' || run === '') {
        throw new Complaint('usage: issues-command.ts DIRECTORY RUN');
    }
    const legs = await readLegs(directory);
    if (legs.length === 0) {
        throw new Complaint(`no night left a summary in ${directory}`);
    }
    const issues = issuesOf(legs, run);
    process.stdout.write(`${legs.length} legs, ${issues.length} kinds of failure\n`);
    for (const issue of issues) {
        await openOrUpdate(issue);
    }
}

/** A leg leaves its summary in a directory of its name. One that was cut off leaves none. */
async function readLegs(directory: string): Promise<readonly Leg[]> {
    const legs = await Promise.all(
        (await readdir(directory)).sort().map(async (name): Promise<readonly Leg[]> => {
            const file = join(directory, name, 'results/summary.json');
            const text = await readFile(file, 'utf8').catch(() => '');
            return text === '' ? [] : [{ name, comparison: JSON.parse(text) as Comparison }];
        }),
    );
    return legs.flat();
}

async function openOrUpdate({ body, isNew, key, title }: FailureIssue): Promise<void> {
    const wanted = ['--state', 'open', '--search', `"${key}" in:body`, '--json', 'number,body'];
    const { stdout } = await execa('gh', ['issue', 'list', ...wanted]);
    // A search finds words; the mark is what counts.
    const known = (JSON.parse(stdout) as { number: number; body: string }[]).find((one) =>
        one.body.includes(markOf(key)),
    );
    // On the standard input, where no text of a machine can be taken for an option.
    const text = { input: body };
    if (known !== undefined) {
        await execa('gh', ['issue', 'edit', String(known.number), '--body-file', '-'], text);
        process.stdout.write(`brought #${known.number} up to date: ${title}\n`);
    } else if (isNew) {
        await execa('gh', ['issue', 'create', `--title=${title}`, '--body-file', '-'], text);
        process.stdout.write(`opened an issue: ${title}\n`);
    }
}
