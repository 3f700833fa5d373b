// What the lab says of machines that do not go on.
import type { BootedMachine } from '../booted-machine.ts';
import { scenario } from '../scenario.ts';

const loops = '#!/bin/sh\nwhile :; do :; done\n';
const sleeps = '#!/bin/sh\nsleep 1000\n';

/** Waits for a root that never comes, with far more patience than it takes to see that. */
const waitForRoot = ({ console }: BootedMachine) =>
    console.shows('the root', /mounted filesystem/, 300);

scenario(
    {
        id: 'L01.loop',
        title: 'a machine that loops is given up, and named as one that loops',
        tier: 'night',
        machines: ['fleet/desk1'],
        lane: 'direct',
        outcome: { verdict: 'kernel', says: '%): it runs in a loop', within: 150 },
    },
    async ({ boot }) => {
        await waitForRoot(await boot({ bootScript: loops }));
    },
);

scenario(
    {
        id: 'L01.wait',
        title: 'a machine that waits for nothing is given up after less',
        tier: 'night',
        machines: ['fleet/desk2'],
        lane: 'direct',
        outcome: {
            verdict: 'kernel',
            says: '%): it waits for something that does not come; alive last: serial console',
            within: 75,
        },
    },
    async ({ boot }) => {
        await waitForRoot(await boot({ bootScript: sleeps }));
    },
);

scenario(
    {
        id: 'L01.stopped',
        title: 'a machine that is stopped from outside is named so',
        tier: 'night',
        machines: ['fleet/dhcp'],
        lane: 'direct',
        outcome: {
            verdict: 'infra',
            says: 'the machine is stopped: QEMU says paused',
            within: 75,
        },
    },
    async ({ boot }) => {
        const machine = await boot();
        await machine.console.shows('the kernel', /Linux version/, 60);
        await machine.qmp.execute('stop');
        await waitForRoot(machine);
    },
);
