// Where the kernel itself ends, in the initramfs and in the system: it follows panic= as the boot script
// does, which "onFailure" sets.
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { type BootedMachine, nobody } from '../booted-machine.ts';
import { putRoot } from '../cluster/put-root.ts';
import { scenario } from '../scenario.ts';

/** As a driver that fails. */
const panicking = '#!/bin/sh\necho c > /proc/sysrq-trigger\n';

const panic = /Kernel panic - not syncing: sysrq triggered crash/;

async function panicked(machine: BootedMachine): Promise<number> {
    const { at } = await machine.showed(panic);
    expect(machine.console.text()).not.toMatch(/^\(initramfs\)|RB\d{3}/m);
    return at;
}

scenario(
    {
        id: 'F31',
        title: 'a machine whose kernel panics in the initramfs reboots after the time that it was given',
        tier: 'night',
        machines: ['failures/reboots'],
        lane: 'direct',
        outcome: { shows: 'the panic of its kernel', within: 90 },
    },
    async ({ boot }) => {
        const machine = await boot({ bootScript: panicking, allowed: panic });
        const at = await panicked(machine);
        const { data, at: end } = await machine.journal.waitFor(
            'the reboot',
            ({ source, text }) => source === 'qemu' && text === 'SHUTDOWN',
            30,
        );
        expect(data).toMatchObject({ guest: true, reason: 'guest-reset' });
        expect((end - at) / 1000).toBeGreaterThan(4);
        expect(machine.console.text()).toContain('Rebooting in 5 seconds');
    },
);

scenario(
    {
        id: 'F31.halts',
        title: 'a machine whose kernel panics stays as it is where it is to halt',
        tier: 'night',
        machines: ['failures/halts'],
        lane: 'direct',
        outcome: { shows: 'the panic of its kernel', within: 90 },
    },
    async ({ boot }) => {
        const machine = await boot({ bootScript: panicking, allowed: panic });
        await panicked(machine);
        await machine.console.shows('the end', /---\[ end Kernel panic/, 20);
        await delay(8000);
        expect(machine.console.text()).not.toContain('Rebooting in');
        expect(await machine.qmp.execute('query-status')).toMatchObject({ running: true });
    },
);

scenario(
    {
        id: 'F31.system',
        title: 'a machine whose init ends reboots, and its next boot takes its lock back',
        tier: 'night',
        machines: ['disks/panics'],
        lane: 'direct',
        outcome: { shows: 'the panic of its kernel', within: 120 },
    },
    async ({ boot, lab, host }) => {
        const { image } = await host();
        await putRoot(lab, image, 'ext4');
        const init = /Kernel panic - not syncing: Attempted to kill init!/;
        const machine = await boot({
            commandLine: (line) => `${line.replace(/ panic=\S*/, ' panic=5')} init=/bin/busybox`,
            allowed: init,
        });
        await machine.showed(init);
        const before = await machine.image.owner();
        expect(before).toBeDefined();
        expect(await machine.switchedOff()).toBe('ended with status 0');
        // To the cluster it is as after a power cut.
        expect(await machine.image.users()).not.toEqual(nobody);

        await machine.cutPower();
        const again = await boot();
        await again.console.shows('the system', /^small root: /, 150);
        expect((await again.image.owner())?.instance).not.toBe(before?.instance);
        expect(await again.image.blocklist()).toContain(before?.instance);
    },
);
