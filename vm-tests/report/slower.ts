import type { HistoryEntry, ScenarioResult } from './history.ts';
import { median } from './statistics.ts';

/** A phase that takes longer than it did. */
export interface SlowerPhase {
    readonly phase: string;
    /** Seconds, as medians over the scenarios: now, and in the runs before. */
    readonly now: number;
    readonly before: number;
    /** The median over the scenarios of how many times as long it takes. */
    readonly ratio: number;
    /** How many scenarios tell so. */
    readonly scenarios: number;
}

/** Runs before the last that are looked at, and how many of them there must be for a judgement. */
const window = 20;
const enough = 5;
/** What is told: more than a fifth, and more than what the clock of a busy machine is off by. */
const limit = 1.2;
const noise = 0.5;

/**
 * The phases that take more than a fifth longer in the last run than in the median of the 20 before,
 * each scenario compared with itself. Runs on an accelerator or with a firmware of another kind are
 * left out, and each run's seconds are divided by how slow its machine was.
 */
export function slowerPhases(history: readonly HistoryEntry[]): readonly SlowerPhase[] {
    const last = history.at(-1);
    const before = history.slice(0, -1).filter((run) => last !== undefined && alike(run, last));
    const compared = new Map<string, { readonly now: number; readonly before: number }[]>();
    for (const scenario of last?.scenarios ?? []) {
        const earlier = before
            .flatMap((run) =>
                run.scenarios
                    .filter((one) => one.id === scenario.id && one.outcome === 'passed')
                    .map((one) => secondsByPhase(one, run)),
            )
            .slice(-window);
        if (scenario.outcome !== 'passed' || last === undefined) {
            continue;
        }
        for (const [phase, now] of secondsByPhase(scenario, last)) {
            const known = earlier.flatMap((seconds) => seconds.get(phase) ?? []);
            if (known.length >= enough) {
                const pairs = compared.get(phase) ?? [];
                compared.set(phase, [...pairs, { now, before: median(known) }]);
            }
        }
    }
    return [...compared]
        .map(([phase, pairs]) => ({
            phase,
            now: median(pairs.map(({ now }) => now)),
            before: median(pairs.map((pair) => pair.before)),
            ratio: median(pairs.map((pair) => pair.now / pair.before)),
            scenarios: pairs.length,
        }))
        .filter(({ before: was, now, ratio }) => ratio > limit && now - was > noise)
        .sort((one, other) => other.now - other.before - (one.now - one.before));
}

function alike({ circumstances: one }: HistoryEntry, { circumstances: other }: HistoryEntry) {
    return one?.accelerator === other?.accelerator && one?.firmware === other?.firmware;
}

/** Of all machines of the scenario together, on a machine of the usual speed. */
function secondsByPhase(
    { phases = [] }: ScenarioResult,
    { circumstances }: HistoryEntry,
): ReadonlyMap<string, number> {
    const seconds = new Map<string, number>();
    for (const [phase, took] of phases) {
        const scaled = took / (circumstances?.slowness ?? 1);
        seconds.set(phase, (seconds.get(phase) ?? 0) + scaled);
    }
    return seconds;
}
