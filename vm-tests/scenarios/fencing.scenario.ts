// What becomes of a machine that the cluster serves no more.
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { BootedMachine } from '../booted-machine.ts';
import type { Cluster } from '../cluster/start.ts';
import { blocklist, ceph } from '../cluster/truth.ts';
import { now } from '../journal.ts';
import { lastAcknowledged, writeFailed } from '../records/acknowledged.ts';
import { type Scene, scenario } from '../scenario.ts';
import { clusterOfThree, expectAllThere, isWriting, onThreeNodes } from '../three-nodes-scene.ts';

/** What the kernel says of a root that was taken from it. */
const fenced = /rbd|libceph|EXT4-fs|JBD2|I\/O error|blocklisted/;

/** As an administrator does, or the next machine that takes the lock of the image. */
async function fence({ access }: Cluster, { image }: BootedMachine): Promise<string> {
    const { instance } = (await image.owner()) ?? {};
    if (instance === undefined) {
        throw new Error('nobody holds the lock of the image');
    }
    await ceph(access, 'osd', 'blocklist', 'add', instance);
    return instance;
}

/** Its image has all that it was told of, and it boots although the entry of its dead self stays. */
async function expectBackAgain(
    scene: Scene,
    cluster: Cluster,
    machine: BootedMachine,
    instance: string,
): Promise<void> {
    await expectAllThere(scene, cluster, machine);
    expect(await blocklist(cluster.access)).toContain(instance);
    const found = await isWriting(await scene.boot());
    expect(found).toBeGreaterThanOrEqual(lastAcknowledged(machine));
}

/** A machine that has written records, and cannot any more. */
async function fencedWriter(scene: Scene) {
    const cluster = await clusterOfThree(scene, { osds: 1 });
    const machine = await scene.boot({ allowed: fenced });
    await isWriting(machine);
    const instance = await fence(cluster, machine);
    await writeFailed(machine, 60);
    return { cluster, instance, machine };
}

scenario(
    {
        ...onThreeNodes,
        id: 'F22',
        title: 'a machine that is fenced can write nothing more, and boots again with all that it wrote',
    },
    async (scene) => {
        const { cluster, instance, machine } = await fencedWriter(scene);
        const last = lastAcknowledged(machine);
        await delay(5000);
        expect(lastAcknowledged(machine)).toBe(last);
        // Left alone it stays as it is: only an administrator knows what that is good for.
        expect(machine.journal.closed()).toBeUndefined();
        await expectBackAgain(scene, cluster, machine, instance);
    },
);

scenario(
    {
        ...onThreeNodes,
        id: 'F22.panic',
        title: 'a machine with errors=panic that is fenced begins anew by itself, after the time of onFailure',
        machines: ['three-nodes/begins-anew'],
    },
    async (scene) => {
        const { cluster, instance, machine } = await fencedWriter(scene);
        // The journal of the file system gives up within 5 s, and whoever writes then ends the machine.
        const panic = await machine.console.shows('the panic', /Kernel panic - not syncing/, 60);
        expect(panic.text).toContain('EXT4-fs (device rbd0): panic forced after error');
        // QEMU ends where a machine would begin anew.
        expect(await machine.switchedOff()).toBe('ended with status 0');
        const seconds = (now() - panic.at) / 1000;
        expect(seconds).toBeGreaterThan(4);
        expect(seconds).toBeLessThan(20 * scene.lab.accelerator.slowness);
        await expectBackAgain(scene, cluster, machine, instance);
    },
);
