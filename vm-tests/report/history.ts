import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { boundOfBoots, secondsOfBoots } from './budgets.ts';
import type { FailureClass } from './failure-class.ts';
import type { ScenarioRecord } from './record.ts';

/** What was the same for all scenarios of a run, and what its seconds depend on. */
export interface Circumstances {
    /** `tcg` or `kvm`. */
    readonly accelerator: string;
    /** What bounds of time were multiplied with: 1 on a machine of the usual speed. */
    readonly slowness: number;
    /** What machines start with where a scenario does not say. */
    readonly firmware: 'bios' | 'uefi';
    /** `Debian GNU/Linux 12 (bookworm)`: what the cluster's programs come from. */
    readonly system: string;
}

/** How a scenario went. */
export interface ScenarioResult {
    /** Of the catalogue: `F16`. */
    readonly id: string;
    readonly title: string;
    readonly outcome: ScenarioRecord['outcome'];
    readonly class?: FailureClass;
    /** Of all of it, preparations included. */
    readonly seconds: number;
    /** Of the boots alone, power-on to last phase, and what they may take. */
    readonly boots?: number;
    readonly budget?: number;
    /** Seconds of each phase that ended, of all its machines together in their order. */
    readonly phases?: readonly (readonly [name: string, took: number])[];
    /** Of one that failed: what it said first, what it was in, and where its bundle is. */
    readonly message?: string;
    readonly phase?: string;
    readonly bundle?: string;
    /** It is in quarantine: who has to end that, where. */
    readonly quarantined?: string;
}

/** One run of scenarios: a line of the history. */
export interface HistoryEntry {
    /** ISO 8601. */
    readonly at: string;
    /** The commit that was tested, and whether there were changes besides. */
    readonly commit: string;
    readonly circumstances?: Circumstances;
    readonly scenarios: readonly ScenarioResult[];
}

/** @param missing those that were to run and left no record: they count as failed. */
export function historyEntry(
    records: readonly ScenarioRecord[],
    at: string,
    commit: string,
    circumstances?: Circumstances,
    missing: readonly Pick<ScenarioResult, 'id' | 'title'>[] = [],
): HistoryEntry {
    const slowness = circumstances?.slowness ?? 1;
    return {
        at,
        commit,
        ...(circumstances === undefined ? {} : { circumstances }),
        scenarios: [
            ...records.map((record) => resultOf(record, slowness)),
            ...missing.map(({ id, title }) => ({ id, title, ...neverRan })),
        ],
    };
}

const neverRan = {
    outcome: 'failed',
    class: 'harness',
    seconds: 0,
    message: 'it was planned and did not run',
} as const;

function resultOf(record: ScenarioRecord, slowness: number): ScenarioResult {
    const {
        bundle,
        class: kind,
        id,
        machines,
        message,
        outcome,
        quarantined,
        seconds,
        title,
    } = record;
    const boots = secondsOfBoots(record);
    const bound = boundOfBoots(record);
    const phases = machines.flatMap(({ phases: ones }) =>
        ones.flatMap(({ name, took }) =>
            took === undefined ? [] : [[name, rounded(took)] as const],
        ),
    );
    const phase = machines.at(-1)?.phases.at(-1)?.name;
    return {
        id,
        title,
        outcome,
        seconds,
        ...(kind === undefined ? {} : { class: kind }),
        ...(boots === undefined ? {} : { boots: rounded(boots) }),
        ...(bound === undefined ? {} : { budget: rounded(bound * slowness) }),
        ...(phases.length === 0 ? {} : { phases }),
        ...(outcome === 'passed'
            ? {}
            : {
                  ...(message === undefined ? {} : { message: firstLine(message) }),
                  ...(phase === undefined ? {} : { phase }),
                  ...(bundle === undefined ? {} : { bundle }),
                  ...(quarantined === undefined ? {} : { quarantined: quarantined.tracker }),
              }),
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
    readonly runs: readonly (ScenarioResult & { readonly at: string; readonly commit: string })[];
    /** Of a scenario that fails now: the first commit of those that it fails with, and the last good. */
    readonly firstBad?: string;
    readonly lastGood?: string;
    /** It passed and failed with one and the same commit. */
    readonly flaky: boolean;
}

export function trendOf(id: string, history: readonly HistoryEntry[]): Trend {
    const runs = history.flatMap(({ at, commit, scenarios }) =>
        scenarios
            .filter((scenario) => scenario.id === id)
            .map((scenario) => ({ ...scenario, at, commit })),
    );
    const flaky = isFlaky(runs.slice(-20));
    if (runs.at(-1)?.outcome !== 'failed') {
        return { runs, flaky };
    }
    const good = runs.findLastIndex(({ outcome }) => outcome === 'passed');
    const firstBad = runs[good + 1]?.commit;
    const lastGood = runs[good]?.commit;
    return {
        runs,
        flaky,
        ...(firstBad === undefined ? {} : { firstBad }),
        ...(lastGood === undefined ? {} : { lastGood }),
    };
}

/** With changes that are not committed, two runs of a commit are not of the same code. */
function isFlaky(runs: Trend['runs']): boolean {
    const committed = runs.filter(({ commit }) => !/-dirty$|^unknown$/.test(commit));
    return committed.some((one) =>
        committed.some((other) => one.commit === other.commit && one.outcome !== other.outcome),
    );
}

function rounded(seconds: number): number {
    return Math.round(seconds * 100) / 100;
}

function firstLine(text: string): string {
    return text.split('\n')[0]?.slice(0, 300) ?? '';
}
