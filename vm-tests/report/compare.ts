import { createHash } from 'node:crypto';
import { type HistoryEntry, type ScenarioResult, trendOf } from './history.ts';
import { type SlowerPhase, slowerPhases } from './slower.ts';

/** With what the last run is compared. */
export type Against =
    /** Each scenario with the run before that it was in. */
    | 'previous'
    /** All of them with the last run in which none failed. */
    | 'good';

/** A scenario that failed, for whoever looks into it. */
export interface Failure extends ScenarioResult {
    readonly firstBad?: string;
    readonly lastGood?: string;
    /** The same for failures of one class, in one phase, with one message: what an issue is known by. */
    readonly key: string;
}

/** What is different in the last run. */
export interface Comparison {
    readonly at: string;
    readonly commit: string;
    /** When that was which it is compared with; absent where there was none. */
    readonly against?: { readonly at: string; readonly commit: string };
    readonly passed: number;
    readonly failed: number;
    /** Failed now and not before, or never ran before. */
    readonly broken: readonly Failure[];
    readonly stillBroken: readonly Failure[];
    /** Failed in quarantine: known, and being worked on. */
    readonly quarantined: readonly Failure[];
    readonly mended: readonly ScenarioResult[];
    /** Passed and failed with one and the same commit, in the last 20 runs. */
    readonly flaky: readonly {
        readonly id: string;
        readonly title: string;
        readonly failures: number;
        readonly runs: number;
    }[];
    readonly slower: readonly SlowerPhase[];
    readonly overBudget: readonly ScenarioResult[];
}

/**
 * Compares the last run of a history with those before.
 *
 * @returns nothing for a history without runs.
 */
export function compareRuns(
    history: readonly HistoryEntry[],
    against: Against,
): Comparison | undefined {
    const last = history.at(-1);
    if (last === undefined) {
        return undefined;
    }
    const before = history.slice(0, -1);
    const good = before.findLast(
        ({ scenarios }) =>
            scenarios.length > 0 && scenarios.every(({ outcome }) => outcome === 'passed'),
    );
    const other = against === 'good' ? good : before.at(-1);
    const earlier = (id: string): ScenarioResult | undefined =>
        (against === 'good' ? [other] : before)
            .flatMap((run) => run?.scenarios.filter((one) => one.id === id) ?? [])
            .at(-1);
    const results = last.scenarios;
    const failures = results
        .filter(({ outcome }) => outcome === 'failed')
        .map((one): Failure => {
            const { firstBad, lastGood } = trendOf(one.id, history);
            return {
                ...one,
                ...(firstBad === undefined ? {} : { firstBad }),
                ...(lastGood === undefined ? {} : { lastGood }),
                key: keyOf(one),
            };
        });
    const failedBefore = ({ id }: ScenarioResult) => earlier(id)?.outcome === 'failed';
    const counted = failures.filter(({ quarantined }) => quarantined === undefined);
    const passed = results.filter(({ outcome }) => outcome === 'passed');
    return {
        at: last.at,
        commit: last.commit,
        ...(other === undefined ? {} : { against: { at: other.at, commit: other.commit } }),
        passed: passed.length,
        failed: failures.length,
        broken: counted.filter((one) => !failedBefore(one)),
        stillBroken: counted.filter(failedBefore),
        quarantined: failures.filter((one) => one.quarantined !== undefined),
        mended: passed.filter(failedBefore),
        flaky: flakyOnes(history),
        slower: slowerPhases(history),
        overBudget: passed.filter(
            ({ boots, budget }) => boots !== undefined && budget !== undefined && boots > budget,
        ),
    };
}

function flakyOnes(history: readonly HistoryEntry[]): Comparison['flaky'] {
    const known = new Map(
        history.flatMap(({ scenarios }) => scenarios.map((one) => [one.id, one.title] as const)),
    );
    return [...known].flatMap(([id, title]) => {
        const { flaky, runs } = trendOf(id, history);
        const recent = runs.slice(-20);
        const failures = recent.filter(({ outcome }) => outcome === 'failed').length;
        return flaky ? [{ id, title, failures, runs: recent.length }] : [];
    });
}

/** Of class, phase and message, without what is different in each run: numbers, addresses, times. */
export function keyOf({
    class: kind = 'harness',
    message = '',
    phase = '',
}: Pick<ScenarioResult, 'class' | 'message' | 'phase'>): string {
    const same = message
        .replace(/\b(?:0x)?(?=[0-9a-f]*\d)[0-9a-f]{6,}\b/gi, '#')
        .replace(/\d+(?:[.:]\d+)*/g, '#');
    return createHash('sha256').update(`${kind}\n${phase}\n${same}`).digest('hex').slice(0, 12);
}
