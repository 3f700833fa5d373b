import { expect } from 'vitest';
import { type BootedMachine, nobody } from '../booted-machine.ts';
import { beginPowerOff } from '../power-off.ts';
import { scenario } from '../scenario.ts';
import { isUp } from '../until.ts';

/** Has a person who is logged in power the machine off, and waits until it is. */
async function powerOff(machine: BootedMachine, before = 'true'): Promise<void> {
    const shell = await beginPowerOff(machine, before);
    expect(await machine.switchedOff()).toBe('ended with status 0');
    shell.close();
}

/** Seconds between the two lines of the console that are around the map. */
function secondsOfMap({ journal }: BootedMachine): number {
    const at = (text: string) =>
        journal.all().find((seen) => seen.source === 'console' && seen.text.includes(text))?.at ??
        Number.NaN;
    return (at('rbdboot[map-image]: rbd/') - at('rbdboot[map-image]: mapping ')) / 1000;
}

scenario(
    {
        id: 'H22',
        title: 'a machine that powers off is gone from the cluster, and boots at once',
        tier: 'change',
        machines: ['shutdown/desk1'],
        lane: 'direct',
        once: 'it boots again after it was switched off',
        outcome: 'up',
    },
    async ({ boot }) => {
        const first = await boot();
        await isUp(first);
        const instance = (await first.image.owner())?.instance;
        expect(instance).toBeDefined();
        // Something to write at the end, in a tree with another file system over a part of it.
        await powerOff(
            first,
            'mount -t tmpfs over /mnt && dd if=/dev/urandom of=/root/proof bs=1M count=8',
        );
        // No watch could have timed out since, which takes 30 s.
        expect(await first.image.users()).toEqual(nobody);
        expect(first.console.text()).toContain(
            'rbdboot[unmap-images]: rbd/shutdown/desk1 is unmapped',
        );

        const second = await boot();
        await isUp(second);
        expect(secondsOfMap(second)).toBeLessThan(10);
        expect(second.console.text()).not.toMatch(/no lock owners detected|breaking header lock/);
        // The file system was left clean.
        expect(second.console.text()).toMatch(/EXT4-fs \(rbd0\): mounted filesystem/);
        expect(second.console.text()).not.toMatch(/recovery|recovering|orphan/);
        expect(await second.image.blocklist()).not.toContain(instance);
    },
);

// The premise: as it is without the root in memory.
scenario(
    {
        id: 'F28.premise',
        title: 'without the root in memory a machine leaves its lock behind',
        tier: 'night',
        machines: ['shutdown/desk2'],
        lane: 'direct',
        outcome: 'up',
    },
    async ({ boot }) => {
        const first = await boot();
        await isUp(first);
        const owner = await first.image.owner();
        await powerOff(first, 'rm /run/initramfs/shutdown');
        expect(await first.image.owner()).toEqual(owner);

        const second = await boot();
        await isUp(second);
        expect(secondsOfMap(second)).toBeGreaterThan(5);
        expect(second.console.text()).toMatch(/breaking header lock/);
    },
);

// Marked as a daemon that the root is behind, it is spared by the kill at the end (systemd,
// ROOT_STORAGE_DAEMONS).
const keeper = [
    String.raw`printf '[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/bin/bash -c "exec -a @keeper sleep 10000"\n' > /run/systemd/system/keeper.service`,
    'systemctl daemon-reload',
    'systemctl start keeper',
].join(' && ');

scenario(
    {
        id: 'F28.in-use',
        title: 'a machine with an image in use says by whom, and powers off in time',
        tier: 'night',
        machines: ['shutdown/desk3'],
        lane: 'direct',
        outcome: 'up',
    },
    async ({ boot }) => {
        const machine = await boot({ allowed: /RB242/ });
        await isUp(machine);
        const owner = await machine.image.owner();
        await powerOff(machine, keeper);
        expect(machine.console.text()).toMatch(
            /rbdboot\[unmap-images\] RB242: in use when everything had ended: rbd\/shutdown\/desk3; what still runs: sleep \(\d+\)/,
        );
        expect(machine.console.text()).toContain(
            'rbdboot: this machine goes on to poweroff in 10 seconds',
        );
        // Never unmapped by force: whoever writes still has the lock.
        expect(await machine.image.owner()).toEqual(owner);
    },
);

const reboots = 10;

scenario(
    {
        id: 'H21',
        title: 'ten reboots in a row take the same time, and leave nothing behind',
        tier: 'night',
        machines: ['shutdown/desk4'],
        lane: 'direct',
        minutes: 15,
        once: 'it reboots ten times',
        outcome: 'up',
    },
    async ({ boot }) => {
        const seconds: number[] = [];
        for (let turn = 0; turn < reboots; turn += 1) {
            // The whole of systemd's boot and shutdown, with one command between them (systemd-run-generator(8)).
            const machine = await boot({
                commandLine: (line) =>
                    `${line} systemd.run=/bin/true systemd.run_success_action=reboot`,
            });
            expect(await machine.switchedOff()).toBe('ended with status 0');
            seconds.push((performance.timeOrigin + performance.now() - machine.poweredOn) / 1000);
            expect(await machine.image.users()).toEqual(nobody);
            expect(secondsOfMap(machine)).toBeLessThan(10);
            expect(machine.console.text()).toContain(
                'rbdboot[unmap-images]: rbd/shutdown/desk4 is unmapped',
            );
            expect(machine.console.text()).not.toMatch(/no lock owners detected|recovery/);
        }
        process.stdout.write(`       ${seconds.map((one) => one.toFixed(1)).join(' ')} s\n`);
        // What waits for a lock takes 26 s longer, and what grows does not have a quick turn at the end.
        expect(Math.min(...seconds.slice(-4)) / Math.min(...seconds.slice(0, 4))).toBeLessThan(1.6);
    },
);
