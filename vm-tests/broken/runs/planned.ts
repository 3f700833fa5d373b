import type { PlannedScenario } from '../../manifest.ts';

function plan(id: PlannedScenario['id'], title: string, file: string): PlannedScenario {
    return {
        id,
        title,
        tier: 'night',
        machines: [],
        outcome: { proves: 'nothing' },
        file: `vm-tests/broken/runs/${file}.scenario.ts`,
    };
}

/** Scenarios of runs that are not as they should be; the list of all scenarios has none of them. */
export const planned = {
    passes: plan('L90', 'passes', 'passes'),
    fails: plan('L91', 'fails', 'fails'),
    skips: plan('L92', 'is skipped', 'skips'),
    doesNotLoad: plan('L93', 'is in a file that cannot be read', 'does-not-load'),
    lost: plan('L94', 'is in no file any more', 'passes'),
} as const;
