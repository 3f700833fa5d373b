import { execa } from 'execa';
import { expect } from 'vitest';
import { parseImageReference } from '../../generator/model/image-reference.ts';
import { nobody } from '../booted-machine.ts';
import { imageUsers } from '../cluster/truth.ts';
import { logIn } from '../qemu/guest-shell.ts';
import type { Machine } from '../qemu/machine.ts';
import { type Scene, scenario } from '../scenario.ts';
import { isUp, rootIsMounted } from '../until.ts';

const site = 'snapshot';
const golden = 'rbd/golden/golden-plain';

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
        const before = await goldenImage(scene);
        expect(before).toMatchObject({ changed: '', ...nobody });
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
        expect(await goldenImage(scene)).toEqual(before);

        // After a power cut there is nothing to wait for, and nothing of it left.
        await Promise.all(machines.map((machine) => machine.cutPower()));
        await Promise.all((await bootBoth()).map(rootIsMounted));
        expect(await goldenImage(scene)).toEqual(before);
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

/** All that the cluster knows of the golden image: who uses it, and what is in it. */
async function goldenImage({ lab: { cluster } }: Scene) {
    // With checksums in the place of contents: there are hundreds of megabytes.
    const summed = 'rbd --conf "$1" export-diff --no-progress "$2" - | sha256sum';
    const changes = ['--conf', cluster.conf, 'diff', '--from-snap', 'fresh', golden];
    const image = parseImageReference(golden);
    if (!image.ok) {
        throw new Error(image.reason);
    }
    const words = ['-ec', summed, 'sh', cluster.conf, `${golden}@fresh`];
    return {
        ...(await imageUsers(cluster, image.value)),
        changed: (await execa('rbd', changes)).stdout,
        contents: (await execa('sh', words)).stdout,
    };
}
