// Runs in which not everything ran that was planned, by the program that runs all scenarios.
import { join } from 'node:path';
import { expect } from 'vitest';
import { planned } from '../broken/runs/planned.ts';
import { buildDirectory } from '../build-directory.ts';
import type { Lab } from '../lab.ts';
import type { PlannedScenario } from '../manifest.ts';
import { runPlanned } from '../run-planned.ts';
import { scenario } from '../scenario.ts';

/** A run around the same lab, which leaves what it leaves in a place of its own. */
function run({ directory }: Lab, name: string, chosen: readonly PlannedScenario[]) {
    const build = buildDirectory({ RBDBOOT_BUILD: join(directory, name) });
    return runPlanned({ build, chosen, project: 'broken-runs', words: [] });
}

scenario(
    {
        id: 'L20',
        title: 'a run is red that did not run what was planned, or ran it in vain',
        tier: 'change',
        machines: [],
        outcome: { proves: 'that what was skipped, lost or not readable is missed' },
    },
    async ({ lab }) => {
        const { doesNotLoad, fails, lost, passes, skips } = planned;
        const all = await run(lab, 'red', [passes, fails, skips, doesNotLoad, lost]);
        expect(all).toEqual({
            passed: 1,
            failed: 4,
            aside: [],
            problems: [
                'failed: L91 fails',
                'did not run: L92 is skipped',
                'did not run: L93 is in a file that cannot be read',
                'did not run: L94 is in no file any more',
                'vitest ended with status 1',
            ],
        });

        // For vitest itself this run is one that went well.
        expect(await run(lab, 'skipped', [passes, skips, lost])).toEqual({
            passed: 1,
            failed: 2,
            aside: [],
            problems: ['did not run: L92 is skipped', 'did not run: L94 is in no file any more'],
        });
    },
);
