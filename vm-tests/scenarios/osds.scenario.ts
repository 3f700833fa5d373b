// What a machine makes of OSDs that go down.
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { healthChecks, healthShows, primaryOf } from '../cluster/health.ts';
import type { Cluster } from '../cluster/start.ts';
import { ceph } from '../cluster/truth.ts';
import { at, killDaemon, latency, pauseDaemon } from '../faults/vocabulary.ts';
import { perhaps } from '../qemu/console-watch.ts';
import { furtherRecords, lastAcknowledged, metError } from '../records/acknowledged.ts';
import { type Scene, scenario } from '../scenario.ts';
import {
    clusterOfThree,
    expectNothingLost,
    isWriting,
    onThreeNodes,
} from '../three-nodes-scene.ts';
import { toldWhileItMaps, toldWhileItReads } from '../told-while-it-waits.ts';

/** What the kernel says of sessions with OSDs that went down. */
const osdLost = /libceph: osd\d .*socket (?:closed|error)/;
/**
 * Without any OSD the watch of the image ends too, and krbd begins another one later; those that come
 * back are other processes at the old addresses.
 */
const allOsdsLost = new RegExp(
    `${osdLost.source}|rbd\\d: encountered watch error: -107|libceph: .*wrong peer`,
);

/** The OSD that a machine asks for its image. */
async function askedOsd({ access, osds }: Cluster, { host }: Scene) {
    const { image } = await host();
    const osd = osds[await primaryOf(access, image)];
    if (osd === undefined) {
        throw new Error('the image is on an OSD that the cluster does not have');
    }
    return osd;
}

scenario(
    {
        ...onThreeNodes,
        id: 'F13',
        title: 'a machine that runs goes on writing when one of three OSDs goes down and comes back',
        tier: 'change',
    },
    async (scene) => {
        const cluster = await clusterOfThree(scene);
        const machine = await scene.boot({ allowed: osdLost });
        await isWriting(machine);
        const osd = await askedOsd(cluster, scene);
        await machine.during(killDaemon(osd), async () => {
            // The others take over within the 20 s of osd_heartbeat_grace at the latest.
            await furtherRecords(machine, 3, 60);
            await healthShows(cluster.access, 'OSD_DOWN', true, 60);
            expect(await askedOsd(cluster, scene)).not.toBe(osd);
        });
        await healthShows(cluster.access, 'OSD_DOWN', false, 60);
        await furtherRecords(machine, 3, 60);
        await expectNothingLost(scene, cluster, machine);
    },
);

scenario(
    {
        ...onThreeNodes,
        id: 'F13.before',
        title: 'a machine boots while one of three OSDs is down',
    },
    async (scene) => {
        const cluster = await clusterOfThree(scene);
        const osd = await askedOsd(cluster, scene);
        await osd.kill();
        await healthShows(cluster.access, 'OSD_DOWN', true, 60);
        const machine = await scene.boot();
        await isWriting(machine);
        expect(await askedOsd(cluster, scene)).not.toBe(osd);
        expect(await healthChecks(cluster.access)).toContain('OSD_DOWN');
        await expectNothingLost(scene, cluster, machine);
    },
);

scenario(
    {
        ...onThreeNodes,
        id: 'F13.map',
        title: 'a machine boots although the OSD that it asks for its image goes down meanwhile',
    },
    async (scene) => {
        const cluster = await clusterOfThree(scene);
        const down = at('rbdboot: map-image', killDaemon(await askedOsd(cluster, scene)));
        // The monitors may have told the machine before it asks.
        const machine = await scene.boot({ allowed: perhaps(osdLost), faults: [down] });
        await isWriting(machine);
        await healthShows(cluster.access, 'OSD_DOWN', true, 60);
        await expectNothingLost(scene, cluster, machine);
    },
);

scenario(
    {
        ...onThreeNodes,
        id: 'F14',
        title: 'a machine waits for a minute in which there is no OSD, and then goes on writing',
    },
    async (scene) => {
        const cluster = await clusterOfThree(scene);
        const machine = await scene.boot({ allowed: allOsdsLost });
        await isWriting(machine);
        await machine.during(cluster.osds.map(killDaemon), async () => {
            // What it had heard of may still be under way to us.
            await delay(2000);
            const before = lastAcknowledged(machine);
            await delay(58_000);
            expect(lastAcknowledged(machine)).toBe(before);
            expect(metError(machine), 'whether a write failed').toBe(false);
        });
        // Nobody can read what may still be leased: 16 s (osd_pool_default_read_lease_ratio).
        await furtherRecords(machine, 3, 90);
        await healthShows(cluster.access, 'OSD_DOWN', false, 60);
        await expectNothingLost(scene, cluster, machine);
    },
);

scenario(
    {
        ...onThreeNodes,
        id: 'F14.boot',
        title: 'a machine that finds no OSD when it maps its image says so, and boots when there is one',
    },
    async (scene) => {
        const cluster = await clusterOfThree(scene);
        const { access, osds } = cluster;
        await Promise.all(osds.map((osd) => osd.kill()));
        // The monitors know, so the kernel asks nobody, and has nothing to say of it.
        await ceph(access, 'osd', 'down', ...osds.map((_, id) => String(id)));
        await healthShows(access, 'OSD_DOWN', true, 60);
        const machine = await scene.boot({ allowed: /RB245/ });
        const told = await toldWhileItMaps(machine, 'RB245');
        expect(told.what).toBe(
            'the monitors answer, and the OSDs that have to do not: the map of rbd/three-nodes/desk1 waits, and goes on as soon as they do',
        );
        const { stdout: detail } = await ceph(access, 'health', 'detail');
        expect(told.cure).toContain('"ceph health detail"');
        expect(detail).toMatch(/osd\.0 .*is down/);
        for (const osd of osds) {
            osd.start();
        }
        await isWriting(machine);
        await expectNothingLost(scene, cluster, machine);
    },
);

scenario(
    {
        ...onThreeNodes,
        id: 'F14.read',
        title: 'a machine whose OSDs hang while it checks its root says so, and boots when they answer',
    },
    async (scene) => {
        const cluster = await clusterOfThree(scene);
        const machine = await scene.boot({
            allowed: /RB245/,
            // Each read of a check takes 20 ms at the least, and a forced one has many: it is not over
            // before the OSDs hang.
            commandLine: (line) => `${line} fsck.mode=force`,
            faults: [at('rbdboot: map-image', latency(20))],
        });
        const check = await machine.console.shows(
            'the check',
            /rbdboot\[check-root\]: e2fsck -fp \/dev\/rbd0/,
            150,
        );
        const told = await machine.during(cluster.osds.map(pauseDaemon), () =>
            toldWhileItReads(machine, 'RB245', check.at),
        );
        expect(told).toMatchObject({
            step: 'check-root',
            what: 'no OSD answers what is asked of /dev/rbd0: that waits, and goes on as soon as one does',
            cure: expect.stringContaining('"ceph health detail"'),
        });
        await isWriting(machine, 60);
        expect(machine.console.text().match(/RB245/g)).toHaveLength(1);
        await expectNothingLost(scene, cluster, machine);
    },
);
