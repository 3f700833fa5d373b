import { expect } from 'vitest';
import { nobody } from '../booted-machine.ts';
import { scenario } from '../scenario.ts';

scenario(
    {
        id: 'F45.address',
        title: 'an IPv6 address that another machine has is not used',
        tier: 'night',
        machines: ['network/late'],
        lane: 'direct',
        outcome: { code: 'RB219', within: 90 },
    },
    async ({ boot }) => {
        const machine = await boot({
            // The address of the router in the lab.
            commandLine: (line) =>
                line.replace(
                    /rbdboot\.address=\S+ rbdboot\.gateway=\S+/,
                    'rbdboot.address=fd77::1/64',
                ),
        });
        expect(await machine.refused()).toMatchObject({
            step: 'network',
            what: expect.stringMatching(
                /^another machine on the network of \w+ has the address fd77::1\/64$/,
            ),
            cure: expect.stringContaining('"ip neigh"'),
        });
        expect(await machine.image.users()).toEqual(nobody);
    },
);
