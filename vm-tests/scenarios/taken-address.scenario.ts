import { expect } from 'vitest';
import { imageUsers } from '../cluster/truth.ts';
import { failureReport } from '../qemu/failure-report.ts';
import { scenario } from '../scenario.ts';
import { hostIn } from '../site.ts';

/** Boots of this file end where the root is mounted: a minute, with room for a busy machine. */
const patience = 90;

scenario(
    {
        id: 'F45.address',
        title: 'an IPv6 address that another machine has is not used',
        tier: 'night',
        machines: ['network/late'],
        lane: 'direct',
        outcome: { code: 'RB219', within: 90 },
    },
    async (scene) => {
        const { boot, lab } = scene;
        const { site } = await scene.site('network');
        const machine = await boot({
            machine: 'network/late',
            lane: 'direct',
            // The address of the router in the lab.
            commandLine: (line) =>
                line.replace(
                    /rbdboot\.address=\S+ rbdboot\.gateway=\S+/,
                    'rbdboot.address=fd77::1/64',
                ),
            allowed: /RB219/,
        });
        const report = await failureReport(machine, 'RB219', patience);
        expect(report).toMatchObject({
            step: 'network',
            what: expect.stringMatching(
                /^another machine on the network of \w+ has the address fd77::1\/64$/,
            ),
            cure: expect.stringContaining('"ip neigh"'),
        });
        expect(await imageUsers(lab.cluster, hostIn(site, 'late').image)).toEqual({
            watchers: [],
            owner: undefined,
        });
    },
);
