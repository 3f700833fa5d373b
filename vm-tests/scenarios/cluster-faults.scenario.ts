// What a machine makes of a cluster that loses parts of itself. Its system writes records without a
// pause, so that it shows whether writes go on, wait, or fail.
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { BootedMachine } from '../booted-machine.ts';
import { healthChecks, healthShows, primaryOf } from '../cluster/health.ts';
import type { Cluster } from '../cluster/start.ts';
import { blocklist, ceph } from '../cluster/truth.ts';
import {
    furtherRecords,
    lastAcknowledged,
    metError,
    recordsBegun,
    writeFailed,
} from '../records/acknowledged.ts';
import { inspectAfterCut } from '../records/power-cut.ts';
import { putRecords } from '../records/put-records.ts';
import type { Scene } from '../scenario.ts';
import { scenario } from '../scenario.ts';

const common = {
    tier: 'night',
    machines: ['three-nodes/desk1'],
    lane: 'direct',
    cluster: 'own',
    outcome: 'up',
} as const;

/** Seconds from power-on to the system of a machine that nobody keeps waiting. */
const patience = 90;

/** What the kernel says of sessions with daemons that went down. */
const osdLost = /libceph: osd\d .*socket (?:closed|error)/;
/**
 * Without any OSD the watch of the image ends too, and krbd begins another one later; those that come
 * back are other processes at the old addresses.
 */
const allOsdsLost = new RegExp(
    `${osdLost.source}|rbd\\d: encountered watch error: -107|libceph: .*wrong peer`,
);
const monitorLost = /libceph: mon\d .*socket (?:closed|error)/;

/** Three monitors, OSDs with a copy of everything each, and the image of the machine. */
async function clusterOfThree(scene: Scene, { osds = 3 } = {}): Promise<Cluster> {
    const cluster = await scene.ownCluster({ osds });
    const { image } = await scene.host();
    await putRecords(scene.lab, cluster.access, image);
    return cluster;
}

/** At the end nothing was lost of what the machine was told that its disk has it. */
async function expectAllThere({ lab }: Scene, cluster: Cluster, machine: BootedMachine) {
    expect(metError(machine), 'whether a write failed').toBe(false);
    await machine.cutPower();
    const acknowledged = lastAcknowledged(machine);
    expect((await inspectAfterCut(lab, cluster, machine, acknowledged)).faults).toEqual([]);
}

scenario(
    {
        ...common,
        id: 'F11',
        title: 'a machine that runs goes on writing for a minute in which the monitors have no quorum',
    },
    async (scene) => {
        const cluster = await clusterOfThree(scene);
        const machine = await scene.boot({ allowed: monitorLost });
        await recordsBegun(machine, patience);
        await furtherRecords(machine, 2, 30);
        const [, ...most] = cluster.monitors;
        await Promise.all(most.map((monitor) => monitor.kill()));
        // What it needs monitors for is a change of the map; nothing changes.
        const end = performance.now() + 60_000;
        while (performance.now() < end) {
            await furtherRecords(machine, 2, 30);
        }
        // The one that is left answers nobody.
        const alone = ceph(cluster.access, '--connect-timeout', '5', 'status');
        await expect(alone).rejects.toThrow(/timed out|error connecting/i);
        for (const monitor of most) {
            monitor.start();
        }
        await healthShows(cluster.access, 'MON_DOWN', false, 60);
        await furtherRecords(machine, 2, 30);
        await expectAllThere(scene, cluster, machine);
    },
);

scenario(
    {
        ...common,
        id: 'F13.before',
        title: 'a machine boots while one of three OSDs is down',
    },
    async (scene) => {
        const cluster = await clusterOfThree(scene);
        const { image } = await scene.host();
        const primary = await primaryOf(cluster.access, image);
        await cluster.osds[primary]?.kill();
        await healthShows(cluster.access, 'OSD_DOWN', true, 60);
        const machine = await scene.boot();
        await recordsBegun(machine, patience);
        await furtherRecords(machine, 2, 30);
        expect(await primaryOf(cluster.access, image)).not.toBe(primary);
        expect(await healthChecks(cluster.access)).toContain('OSD_DOWN');
        await expectAllThere(scene, cluster, machine);
    },
);

scenario(
    {
        ...common,
        id: 'F13.map',
        title: 'a machine boots although the OSD that it asks for its image goes down meanwhile',
    },
    async (scene) => {
        const cluster = await clusterOfThree(scene);
        const { image } = await scene.host();
        const primary = await primaryOf(cluster.access, image);
        const machine = await scene.boot({ allowed: osdLost });
        await machine.console.shows('the map', /rbdboot\[map-image\]: mapping /, patience);
        await cluster.osds[primary]?.kill();
        await recordsBegun(machine, patience);
        await furtherRecords(machine, 2, 30);
        await healthShows(cluster.access, 'OSD_DOWN', true, 60);
        await expectAllThere(scene, cluster, machine);
    },
);

scenario(
    {
        ...common,
        id: 'F13',
        title: 'a machine that runs goes on writing when one of three OSDs goes down and comes back',
    },
    async (scene) => {
        const cluster = await clusterOfThree(scene);
        const { image } = await scene.host();
        const machine = await scene.boot({ allowed: osdLost });
        await recordsBegun(machine, patience);
        await furtherRecords(machine, 2, 30);
        const osd = cluster.osds[await primaryOf(cluster.access, image)];
        await osd?.kill();
        // The others take over within the 20 s of osd_heartbeat_grace at the latest.
        await furtherRecords(machine, 3, 60);
        await healthShows(cluster.access, 'OSD_DOWN', true, 60);
        osd?.start();
        await healthShows(cluster.access, 'OSD_DOWN', false, 60);
        await furtherRecords(machine, 3, 60);
        await expectAllThere(scene, cluster, machine);
    },
);

scenario(
    {
        ...common,
        id: 'F14',
        title: 'a machine waits for a minute in which there is no OSD, and then goes on writing',
    },
    async (scene) => {
        const cluster = await clusterOfThree(scene);
        const machine = await scene.boot({ allowed: allOsdsLost });
        await recordsBegun(machine, patience);
        await furtherRecords(machine, 2, 30);
        await Promise.all(cluster.osds.map((osd) => osd.kill()));
        // What it had heard of may still be under way to us.
        await delay(2000);
        const before = lastAcknowledged(machine);
        await delay(58_000);
        expect(lastAcknowledged(machine)).toBe(before);
        expect(metError(machine), 'whether a write failed').toBe(false);
        for (const osd of cluster.osds) {
            osd.start();
        }
        // Nobody can read what may still be leased: 16 s (osd_pool_default_read_lease_ratio).
        await furtherRecords(machine, 3, 90);
        await healthShows(cluster.access, 'OSD_DOWN', false, 60);
        await expectAllThere(scene, cluster, machine);
    },
);

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

/** The power is cut, nothing is lost, and the machine boots although the entry of its dead self stays. */
async function expectBackAgain(
    scene: Scene,
    cluster: Cluster,
    machine: BootedMachine,
    instance: string,
): Promise<void> {
    await machine.cutPower();
    const acknowledged = lastAcknowledged(machine);
    const { faults } = await inspectAfterCut(scene.lab, cluster, machine, acknowledged);
    expect(faults).toEqual([]);
    expect(await blocklist(cluster.access)).toContain(instance);
    const second = await scene.boot();
    expect(await recordsBegun(second, patience)).toBeGreaterThanOrEqual(acknowledged);
    await furtherRecords(second, 2, 30);
}

scenario(
    {
        ...common,
        id: 'F22',
        title: 'a machine that is fenced can write nothing more, and boots again with all that it wrote',
    },
    async (scene) => {
        const cluster = await clusterOfThree(scene, { osds: 1 });
        const machine = await scene.boot({ allowed: fenced });
        await recordsBegun(machine, patience);
        await furtherRecords(machine, 2, 30);
        const instance = await fence(cluster, machine);
        await writeFailed(machine, 60);
        const last = lastAcknowledged(machine);
        await delay(5000);
        expect(lastAcknowledged(machine)).toBe(last);
        // Left alone it stays as it is: only an administrator knows what that is good for.
        expect(machine.journal.closed()).toBeUndefined();
        await expectBackAgain(scene, cluster, machine, instance);
    },
);
