import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { expect } from 'vitest';
import { healthShows } from '../cluster/health.ts';
import { ceph } from '../cluster/truth.ts';
import { runCure } from '../cure.ts';
import { fillCluster } from '../faults/vocabulary.ts';
import { furtherRecords, lastAcknowledged, recordsBegun } from '../records/acknowledged.ts';
import { putRecords } from '../records/put-records.ts';
import { scenario } from '../scenario.ts';
import { expectNothingLost, isWriting } from '../three-nodes-scene.ts';
import { toldAgain, toldWhileItMaps } from '../told-while-it-waits.ts';

const megabyte = 1024 ** 2;

scenario(
    {
        id: 'F25',
        title: 'a machine waits in its map while its pool is full, says so, and boots as soon as there is room',
        tier: 'night',
        machines: ['one-node/desk1'],
        lane: 'direct',
        cluster: 'own',
        outcome: 'up',
    },
    async (scene) => {
        const { access } = await scene.ownCluster({ store: 'memory', capacity: 512 * megabyte });
        const { image } = await scene.host();
        await putRecords(scene.lab, access, image);
        // An OSD is full at 95 % (mon_osd_full_ratio), and takes nothing at all from 97 % on.
        const filler = 'rbd/one-node/filler';
        const rbd = (...words: readonly string[]) =>
            execa('rbd', ['--conf', access.conf, ...words]);
        await rbd('create', '--size', '488M', filler);
        const everything = ['--io-size', '4M', '--io-total', '488M', '--io-pattern', 'seq'];
        await rbd('bench', '--io-type', 'write', ...everything, filler);
        await healthShows(access, 'POOL_FULL', true, 60);

        const machine = await scene.boot({ allowed: /RB244/ });
        const first = await toldWhileItMaps(machine, 'RB244');
        expect(first.what).toBe(
            'the pool rbd is full, by itself or with the whole cluster: the map of rbd/one-node/desk1 waits, and goes on as soon as there is room',
        );
        const { stdout: detail } = await ceph(access, 'health', 'detail');
        expect(first.cure).toContain('"ceph health detail"');
        expect(detail).toMatch(/pool 'rbd' is full/);
        // By then "mount_timeout" and "lock_timeout" are over: neither counts for a write.
        await toldAgain(machine, first);
        expect(machine.console.text()).not.toMatch(/ is \/dev\/rbd0|\bRB2(?!44)\d\d:/);
        // In a pool that is full not even that which is to go can be opened.
        const moreRoom = /"(?<command>ceph osd set-full-ratio [0-9.]+)"/.exec(first.cure);
        await runCure(access, moreRoom?.groups?.command ?? 'false');
        await rbd('rm', '--no-progress', filler);
        await healthShows(access, 'POOL_FULL', false, 60);
        await recordsBegun(machine, 60);
        await furtherRecords(machine, 2, 30);
    },
);

scenario(
    {
        id: 'F25.running',
        title: 'a machine that writes waits while the OSDs are full, meets no error, and goes on',
        tier: 'night',
        machines: ['one-node/desk1'],
        lane: 'direct',
        cluster: 'own',
        outcome: 'up',
    },
    async (scene) => {
        const cluster = await scene.ownCluster();
        await putRecords(scene.lab, cluster.access, (await scene.host()).image);
        const machine = await scene.boot();
        await isWriting(machine);
        await machine.during(fillCluster(cluster.access), async () => {
            // What it had heard of may still be under way to us.
            await delay(2000);
            const before = lastAcknowledged(machine);
            await delay(10_000);
            expect(lastAcknowledged(machine)).toBe(before);
        });
        await furtherRecords(machine, 3, 30);
        await expectNothingLost(scene, cluster, machine);
    },
);
