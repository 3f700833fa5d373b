import { expect } from 'vitest';
import { nobody } from '../booted-machine.ts';
import { goldenOf } from '../cluster/golden.ts';
import { snapshotTruth } from '../cluster/snapshot-truth.ts';
import { logIn } from '../qemu/guest-shell.ts';
import type { Machine } from '../qemu/machine.ts';
import { scenario } from '../scenario.ts';
import { isUp, rootIsMounted } from '../until.ts';

const site = 'snapshot';
const golden = goldenOf({});

scenario(
    {
        id: 'H13',
        title: 'two machines run from one snapshot, which none of them changes',
        tier: 'change',
        machines: ['snapshot/desk1', 'snapshot/desk2'],
        lane: 'direct',
        together: 2,
        outcome: 'up',
    },
    async (scene) => {
        await scene.site(site);
        const truth = () => snapshotTruth(scene.lab.cluster, golden, 'fresh');
        const before = await truth();
        expect(before).toMatchObject({ changed: false, ...nobody });
        const bootBoth = () =>
            Promise.all([
                scene.boot({ machine: 'snapshot/desk1' }),
                scene.boot({ machine: 'snapshot/desk2' }),
            ]);
        const machines = await bootBoth();
        for (const machine of machines) {
            const report = await isUp(machine);
            expect(report.root).toMatchObject({ source: 'rbdboot-overlay', fstype: 'overlay' });
            expect(report.images.map(({ sysfs }) => sysfs)).toMatchObject([
                { pool: 'rbd', pool_ns: 'golden', name: 'golden-plain', current_snap: 'fresh' },
            ]);
            expect(report.failedUnits).toBe('');
        }
        await Promise.all(machines.map(writesToMemoryAlone));
        // While both of them run: no watch, no lock, not a byte written.
        expect(await truth()).toEqual(before);

        // After a power cut there is nothing to wait for, and nothing of it left.
        await Promise.all(machines.map((machine) => machine.cutPower()));
        await Promise.all((await bootBoth()).map(rootIsMounted));
        expect(await truth()).toEqual(before);
    },
);

scenario(
    {
        id: 'F23.snapshot',
        title: 'a machine whose snapshot does not exist says so',
        tier: 'night',
        machines: ['snapshot/missing'],
        lane: 'direct',
        outcome: { code: 'RB206', within: 120 },
    },
    async (scene) => {
        await scene.site(site);
        const machine = await scene.boot();
        const report = await machine.refused();
        expect(report).toMatchObject({
            step: 'map-image',
            what: 'there is no snapshot rbd/golden/golden-plain@stale',
            cure: expect.stringContaining('rbd snap ls'),
        });
    },
);

async function writesToMemoryAlone(machine: Machine): Promise<void> {
    const shell = await logIn(machine, 60);
    const succeeds = async (command: string, is = true) =>
        expect((await shell.run(command, 120)) === 0, command).toBe(is);
    await succeeds('dd if=/dev/urandom of=/root/proof bs=64k count=16 conv=fsync status=none');
    await succeeds('rm /etc/debian_version && test -s /etc/machine-id');
    // What it booted from stays in sight, as it was, and nobody can write there.
    await succeeds('test -s /run/rbdboot/lower/etc/debian_version');
    await succeeds('touch /run/rbdboot/lower/proof', false);
    await succeeds('test "$(cat /sys/block/rbd0/ro)" = 1');
    // The limit of the overlay, and the machine goes on behind it.
    await succeeds('dd if=/dev/zero of=/root/fill bs=1M count=250 status=none', false);
    await succeeds('rm /root/fill && sync');
    shell.close();
}
