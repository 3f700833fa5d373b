import { expect } from 'vitest';
import { at, cutCable } from '../faults/vocabulary.ts';
import { now } from '../journal.ts';
import { beginPowerOff } from '../power-off.ts';
import { scenario } from '../scenario.ts';
import { isUp, rootIsMounted } from '../until.ts';

/** Has the root in memory give us 5 s to pull the cable, before its script begins. */
const slowShutdown = [
    'cd /run/initramfs',
    'mv shutdown shutdown.own',
    String.raw`printf '#!/bin/sh\nsleep 5\nexec sh /shutdown.own "$@"\n' > shutdown`,
    'chmod 755 shutdown',
].join(' && ');

scenario(
    {
        id: 'F28',
        title: 'a machine that loses its cable before its image is released says so, and powers off in time',
        tier: 'night',
        machines: ['shutdown/desk2'],
        lane: 'direct',
        outcome: { shows: 'that its image was not released', within: 400 },
    },
    async ({ boot, lab }) => {
        const first = await boot({
            allowed: /RB243/,
            faults: [at('shutdown root', cutCable())],
        });
        await isUp(first);
        const owner = await first.image.owner();
        const shell = await beginPowerOff(first, slowShutdown);
        const returned = await first.console.shows(
            'the root in memory',
            /Returning to initrd/,
            120,
        );
        await first.showed(/rbdboot\[deadline\] RB243: the image was not released within 60 s/);
        expect(await first.switchedOff()).toBe('ended with status 0');
        shell.close();
        // The 5 s of ours, 60 s, and 10 s to read why.
        const seconds = (now() - returned.at) / 1000;
        expect(seconds).toBeGreaterThan(70);
        expect(seconds).toBeLessThan(100 * lab.accelerator.slowness);
        // Its watch is over by then, and its lock is not.
        expect(await first.image.users()).toEqual({ watchers: [], owner: owner?.address });

        const second = await boot();
        await rootIsMounted(second);
        expect(second.console.text()).toMatch(/breaking header lock/);
        expect((await second.image.owner())?.instance).not.toBe(owner?.instance);
    },
);
