// Scenarios that no longer show what they were written for. Their machines have nothing to answer for.
import type { BootedMachine } from '../booted-machine.ts';
import { at, cutCable } from '../faults/vocabulary.ts';
import { scenario } from '../scenario.ts';

/** What a scenario may be content with. */
const comesToKernel = ({ console }: BootedMachine) =>
    console.shows('the kernel', /Linux version/, 120);

scenario(
    {
        id: 'L19',
        title: 'a scenario fails whose fault never comes',
        tier: 'night',
        machines: ['fleet/broken-1'],
        lane: 'direct',
        outcome: {
            verdict: 'harness',
            says: 'never began: "multi-user" never came',
            within: 60,
        },
    },
    async ({ boot }) => {
        await comesToKernel(await boot({ faults: [at('multi-user', cutCable())] }));
    },
);

scenario(
    {
        id: 'L19.allowed',
        title: 'a scenario fails that allows a line which never comes',
        tier: 'night',
        machines: ['fleet/broken-2'],
        lane: 'direct',
        outcome: {
            verdict: 'harness',
            says: '/the sky fell/ was allowed and never shown',
            within: 60,
        },
    },
    async ({ boot }) => {
        await comesToKernel(await boot({ allowed: /the sky fell/ }));
    },
);
