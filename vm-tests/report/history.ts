import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FailureClass } from './classify.ts';
import type { ScenarioRecord } from './record.ts';

/** One run of scenarios: a line of the history. */
export interface HistoryEntry {
    /** ISO 8601. */
    readonly at: string;
    /** The commit that was tested, and whether there were changes besides. */
    readonly commit: string;
    readonly scenarios: readonly {
        readonly title: string;
        readonly outcome: ScenarioRecord['outcome'];
        readonly class?: FailureClass;
        readonly seconds: number;
    }[];
}

export function historyEntry(
    records: readonly ScenarioRecord[],
    at: string,
    commit: string,
): HistoryEntry {
    return {
        at,
        commit,
        scenarios: records.map(({ title, outcome, seconds, class: kind }) => ({
            title,
            outcome,
            seconds,
            ...(kind === undefined ? {} : { class: kind }),
        })),
    };
}

/** Adds a run to the file, one line of JSON each. */
export async function appendHistory(file: string, entry: HistoryEntry): Promise<void> {
    await mkdir(dirname(file), { recursive: true });
    await appendFile(file, `${JSON.stringify(entry)}\n`);
}

/** All runs, the oldest first. None if there is no file yet. */
export async function readHistory(file: string): Promise<readonly HistoryEntry[]> {
    const text = await readFile(file, 'utf8').catch(() => '');
    return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as HistoryEntry);
}

/** How a scenario went in the runs that it was in, the oldest first. */
export interface Trend {
    readonly runs: readonly (HistoryEntry['scenarios'][number] & {
        readonly at: string;
        readonly commit: string;
    })[];
    /** Of a scenario that fails now: the first commit of those that it fails with, and the last good. */
    readonly firstBad?: string;
    readonly lastGood?: string;
}

export function trendOf(title: string, history: readonly HistoryEntry[]): Trend {
    const runs = history.flatMap(({ at, commit, scenarios }) =>
        scenarios
            .filter((scenario) => scenario.title === title)
            .map((scenario) => ({ ...scenario, at, commit })),
    );
    if (runs.at(-1)?.outcome !== 'failed') {
        return { runs };
    }
    const good = runs.findLastIndex(({ outcome }) => outcome === 'passed');
    const firstBad = runs[good + 1]?.commit;
    const lastGood = runs[good]?.commit;
    return {
        runs,
        ...(firstBad === undefined ? {} : { firstBad }),
        ...(lastGood === undefined ? {} : { lastGood }),
    };
}
