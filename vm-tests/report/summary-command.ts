// Compares the last run of the scenarios with those before: `make vm-summary`.
import { parseArgs } from 'node:util';
import { buildDirectory } from '../build-directory.ts';
import { Complaint, describeError } from '../complaint.ts';
import { type Against, compareRuns } from './compare.ts';
import { comparisonText } from './comparison-text.ts';
import { readHistory } from './history.ts';

const help = `Usage: summary-command.ts [--against previous|good] [--history FILE] [--json]

Compares the last run of the boot scenarios with those before and prints, as Markdown,
what fails that did not, what is mended, what is flaky, and which phases became slower.

  --against previous   each scenario with the run before that it was in (default)
  --against good       with the last run in which nothing failed
  --history FILE       the history to read (default: build/history/runs.jsonl)
  --json               the same as one JSON document
  --help               this text

Exit status: 0 nothing fails that did not before, 1 something does, 2 wrong usage,
3 there is no run to speak of.
`;

try {
    process.exitCode = await summarize();
} catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    process.exitCode = 2;
}

async function summarize(): Promise<number> {
    const { against, file, json, wantsHelp } = readOptions();
    if (wantsHelp) {
        process.stdout.write(help);
        return 0;
    }
    const comparison = compareRuns(await readHistory(file), against);
    if (comparison === undefined) {
        process.stderr.write(`no run of the scenarios is in ${file}: make vm-test adds one\n`);
        return 3;
    }
    process.stdout.write(
        json ? `${JSON.stringify(comparison, undefined, 4)}\n` : comparisonText(comparison),
    );
    return comparison.broken.length === 0 ? 0 : 1;
}

function readOptions() {
    try {
        const { values } = parseArgs({
            options: {
                against: { type: 'string', default: 'previous' },
                history: { type: 'string', default: buildDirectory().history },
                json: { type: 'boolean', default: false },
                help: { type: 'boolean', short: 'h', default: false },
            },
        });
        const { against, help: wantsHelp, history: file, json } = values;
        if (!isAgainst(against)) {
            throw new Complaint(`--against is ${against}: it can be previous or good`);
        }
        return { against, file, json, wantsHelp };
    } catch (error) {
        throw error instanceof TypeError ? new Complaint(`${error.message}\n\n${help}`) : error;
    }
}

function isAgainst(word: string): word is Against {
    return word === 'previous' || word === 'good';
}
