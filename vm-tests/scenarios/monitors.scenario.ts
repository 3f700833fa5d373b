// What a machine makes of monitors that are down, or hang.
import { expect } from 'vitest';
import { healthShows } from '../cluster/health.ts';
import { ceph } from '../cluster/truth.ts';
import { killDaemon } from '../faults/vocabulary.ts';
import { furtherRecords } from '../records/acknowledged.ts';
import { scenario } from '../scenario.ts';
import {
    clusterOfThree,
    expectNothingLost,
    isWriting,
    onThreeNodes,
} from '../three-nodes-scene.ts';

/** What the kernel says of a monitor that went down, or does not run. */
const monitorLost = /libceph: mon\d .*socket (?:closed|error)/;

scenario(
    {
        ...onThreeNodes,
        id: 'F11',
        title: 'a machine that runs goes on writing for a minute in which the monitors have no quorum',
    },
    async (scene) => {
        const cluster = await clusterOfThree(scene);
        const machine = await scene.boot({ allowed: monitorLost });
        await isWriting(machine);
        const [, ...most] = cluster.monitors;
        await machine.during(most.map(killDaemon), async () => {
            // What it needs monitors for is a change of the map; nothing changes.
            const end = performance.now() + 60_000;
            while (performance.now() < end) {
                await furtherRecords(machine, 2, 30);
            }
            // The one that is left answers nobody.
            const alone = ceph(cluster.access, '--connect-timeout', '5', 'status');
            await expect(alone).rejects.toThrow(/timed out|error connecting/i);
        });
        await healthShows(cluster.access, 'MON_DOWN', false, 60);
        await furtherRecords(machine, 2, 30);
        await expectNothingLost(scene, cluster, machine);
    },
);
