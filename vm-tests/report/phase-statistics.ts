import { phaseBudget } from './budgets.ts';
import { phaseGroup, phaseGroups } from './phase-group.ts';
import type { ScenarioRecord } from './record.ts';
import { percentile } from './statistics.ts';

/** How long a phase took in the boots of a run. */
export interface PhaseStatistics {
    readonly phase: string;
    readonly boots: number;
    /** Seconds. */
    readonly p50: number;
    readonly p95: number;
    readonly budget?: number;
}

/**
 * The phases that ended, in the order in which boots go through them.
 *
 * @param slowness what budgets are multiplied with.
 */
export function phaseStatistics(
    records: readonly Pick<ScenarioRecord, 'machines'>[],
    slowness: number,
): readonly PhaseStatistics[] {
    const all = new Map<string, { readonly at: number; readonly took: number }[]>();
    for (const { at, name, took } of records.flatMap(({ machines }) =>
        machines.flatMap(({ phases }) => phases),
    )) {
        if (took !== undefined) {
            all.set(name, [...(all.get(name) ?? []), { at, took }]);
        }
    }
    return [...all]
        .map(([phase, ones]) => {
            const seconds = ones.map(({ took }) => took);
            const budget = phaseBudget(phase);
            return {
                at: percentile(
                    ones.map(({ at }) => at),
                    0.5,
                ),
                phase,
                boots: ones.length,
                p50: percentile(seconds, 0.5),
                p95: percentile(seconds, 0.95),
                ...(budget === undefined ? {} : { budget: budget * slowness }),
            };
        })
        .sort((one, other) => rank(one.phase) - rank(other.phase) || one.at - other.at)
        .map(({ at: _, ...statistics }) => statistics);
}

/** A machine that QEMU hands its kernel to is there before others have their lease. */
function rank(phase: string): number {
    return phaseGroups.indexOf(phaseGroup(phase));
}
