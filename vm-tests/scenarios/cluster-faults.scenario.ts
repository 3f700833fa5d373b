// What a machine makes of a cluster that loses parts of itself. Its system writes records without a
// pause, so that it shows whether writes go on, wait, or fail.
import { expect } from 'vitest';
import type { BootedMachine } from '../booted-machine.ts';
import { healthChecks, healthShows, primaryOf } from '../cluster/health.ts';
import type { Cluster } from '../cluster/start.ts';
import type { Scene } from '../play.ts';
import {
    furtherRecords,
    lastAcknowledged,
    metError,
    recordsBegun,
} from '../records/acknowledged.ts';
import { inspectAfterCut } from '../records/power-cut.ts';
import { putRecords } from '../records/put-records.ts';
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

/** What the kernel says of a session with an OSD that went down. */
const sessionLost = /libceph: osd\d .*socket (?:closed|error)/;

/** Three monitors, three OSDs with a copy of everything each, and the image of the machine. */
async function clusterOfThree(scene: Scene): Promise<Cluster> {
    const cluster = await scene.ownCluster({ osds: 3 });
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
        const machine = await scene.boot({ allowed: sessionLost });
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
        const machine = await scene.boot({ allowed: sessionLost });
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
