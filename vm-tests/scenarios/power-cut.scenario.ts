import { expect } from 'vitest';
import { only } from '../booted-machine.ts';
import { blocklist } from '../cluster/truth.ts';
import { at, cutPower } from '../faults/vocabulary.ts';
import { scenario } from '../scenario.ts';
import { isUp } from '../until.ts';

scenario(
    {
        id: 'F19',
        title: 'a machine that lost its power boots again and takes its own lock back',
        tier: 'change',
        machines: ['reference'],
        outcome: 'up',
    },
    async ({ boot, lab }) => {
        const first = await boot();
        await isUp(first);
        const before = await first.image.owner();

        await first.cutPower();
        // The dead machine still has both, so this is the case that was meant.
        expect(await first.image.owner()).toEqual(before);
        expect(await first.image.watchers()).toHaveLength(1);

        const second = await boot();
        const report = await isUp(second);
        const after = await second.image.owner();
        expect(after?.address).toBe(report.addresses[0]);
        expect(after?.client).toBe(report.images[0]?.sysfs.client_id);
        expect(after?.instance).not.toBe(before?.instance);
        expect(await blocklist(lab.cluster)).toContain(before?.instance);
        const watchers = await second.image.watchers();
        expect(watchers.map(({ instance }) => instance)).toEqual([after?.instance]);
        expect(report.root?.source).toBe('/dev/rbd0');
        expect(report.failedUnits).toBe('');
    },
);

scenario(
    {
        id: 'F19.early',
        title: 'a machine that loses its power while it maps, and again while its root is checked, comes up',
        tier: 'night',
        machines: ['faults/desk4'],
        lane: 'direct',
        outcome: 'up',
    },
    async ({ boot }) => {
        for (const phase of ['rbdboot: map-image', 'rbdboot: check-root'] as const) {
            const cut = await boot({ faults: [at(phase, cutPower())] });
            expect(await cut.switchedOff()).toBe('was ended by signal SIGKILL');
        }
        const machine = await boot();
        const report = await isUp(machine);
        expect(report.failedUnits).toBe('');
        expect(await machine.image.users()).toEqual(only(report.addresses[0]));
    },
);
