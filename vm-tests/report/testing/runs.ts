import type { HistoryEntry, ScenarioResult } from '../history.ts';

/** A result of a scenario, for tests. */
export function passes(id: string, more: Partial<ScenarioResult> = {}): ScenarioResult {
    return { id, title: `scenario ${id}`, outcome: 'passed', seconds: 20, ...more };
}

export function fails(id: string, more: Partial<ScenarioResult> = {}): ScenarioResult {
    return passes(id, {
        outcome: 'failed',
        class: 'auth',
        phase: 'rbdboot: map-image',
        message: `waiting for root: not within 60 s`,
        bundle: `build/bundles/${id.toLowerCase()}`,
        ...more,
    });
}

/** Runs of commits, one a day, the oldest first. */
export function runs(
    ...each: readonly (readonly [commit: string, ...results: readonly ScenarioResult[]])[]
): readonly HistoryEntry[] {
    return each.map(([commit, ...scenarios], day) => ({
        at: new Date(Date.UTC(2026, 0, day + 1, 4)).toISOString(),
        commit,
        circumstances: {
            accelerator: 'tcg',
            slowness: 1,
            firmware: 'bios',
            system: 'Debian GNU/Linux 12 (bookworm)',
        },
        scenarios,
    }));
}
