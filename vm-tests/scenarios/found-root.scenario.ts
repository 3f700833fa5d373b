// Roots that are not the whole of their image.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect } from 'vitest';
import { only } from '../booted-machine.ts';
import { putRoot } from '../cluster/put-root.ts';
import { smallRoot } from '../images/small-root.ts';
import { directAddress } from '../network/addresses.ts';
import type { SmallRootStarted } from '../qemu/small-root-started.ts';
import { type Scene, startsSmallRoot, type Up } from '../scenario.ts';

startsSmallRoot(
    {
        id: 'H17.partition',
        title: 'a root is a partition of the image, by its number',
        tier: 'night',
        machines: ['disks/partition'],
        lane: 'direct',
    },
    isOnSecondPartition,
    { prepare: putDisk },
);

for (const host of ['label', 'partuuid'] as const) {
    startsSmallRoot(
        {
            id: `H17.${host}`,
            title: `a root by its ${host} is the one on the image, not that of a disk`,
            tier: 'night',
            machines: [`disks/${host}`],
            lane: 'direct',
        },
        async (up) => {
            await isOnSecondPartition(up);
            // The premise: the kernel has found the other disk, with its partitions.
            expect(up.machine.console.text()).toMatch(/vda: vda1 vda2/);
        },
        {
            prepare: async (scene) => {
                await putDisk(scene);
                const scratch = join(scene.lab.state, 'scratch', randomUUID());
                // A disk of the machine, where everything is called as on the image.
                return { disks: [await smallRoot('disk', scratch)] };
            },
        },
    );
}

async function putDisk({ host, lab }: Scene): Promise<undefined> {
    await putRoot(lab, (await host()).image, 'disk');
}

async function isOnSecondPartition({
    machine,
    report,
    scene,
}: Up<SmallRootStarted>): Promise<void> {
    expect(report).toMatchObject({ source: '/dev/rbd0p2', type: 'ext4', written: true });
    const address = directAddress(scene.lab, machine.host);
    expect(await machine.image.users()).toEqual(only(address));
}
