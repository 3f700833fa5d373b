import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { expect } from 'vitest';
import { healthShows } from '../cluster/health.ts';
import { ceph } from '../cluster/truth.ts';
import { furtherRecords, recordsBegun } from '../records/acknowledged.ts';
import { putRecords } from '../records/put-records.ts';
import { scenario } from '../scenario.ts';

const megabyte = 1024 ** 2;

scenario(
    {
        id: 'F25',
        title: 'a machine waits in its map while its pool is full, and boots as soon as there is room',
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

        const machine = await scene.boot();
        await machine.console.shows('the map', /rbdboot\[map-image\]: mapping /, 90);
        // Longer than "mount_timeout", 60 s, and "lock_timeout", 90 s: neither counts for a write.
        await delay(100_000);
        expect(machine.console.text()).not.toMatch(/ is \/dev\/rbd0|\bRB2\d\d:/);
        // In a pool that is full not even that which is to go can be opened.
        await ceph(access, 'osd', 'set-full-ratio', '0.98');
        await rbd('rm', '--no-progress', filler);
        await healthShows(access, 'POOL_FULL', false, 60);
        await recordsBegun(machine, 60);
        await furtherRecords(machine, 2, 30);
    },
);
