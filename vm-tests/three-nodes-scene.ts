// What scenarios have in common that take parts of its cluster from a machine. The system on its image
// writes records without a pause, so that it shows whether writes go on, wait, or fail.
import { expect } from 'vitest';
import type { BootedMachine } from './booted-machine.ts';
import type { Cluster } from './cluster/start.ts';
import {
    furtherRecords,
    lastAcknowledged,
    metError,
    patience,
    recordsBegun,
} from './records/acknowledged.ts';
import { inspectAfterCut } from './records/power-cut.ts';
import { putRecords } from './records/put-records.ts';
import type { Scene } from './scenario-scene.ts';

/** The plan of such a scenario, but for what it is about. */
export const onThreeNodes = {
    tier: 'night',
    machines: ['three-nodes/desk1'],
    lane: 'direct',
    cluster: 'own',
    outcome: 'up',
} as const;

/** Three monitors, OSDs with a copy of everything each, and the image of the machine. */
export async function clusterOfThree(scene: Scene, { osds = 3 } = {}): Promise<Cluster> {
    const cluster = await scene.ownCluster({ osds });
    const { image } = await scene.host();
    await putRecords(scene.lab, cluster.access, image);
    return cluster;
}

/**
 * The system runs, and its writes come to the disk.
 *
 * @param further seconds that it may take besides. Default: 0.
 * @returns the number of the last record that it found there.
 */
export async function isWriting(machine: BootedMachine, further = 0): Promise<number> {
    const found = await recordsBegun(machine, patience + further);
    await furtherRecords(machine, 2, 30);
    return found;
}

/** Cuts the power: nothing was lost of what the machine was told that its disk has it. */
export async function expectAllThere(
    { lab }: Scene,
    cluster: Cluster,
    machine: BootedMachine,
): Promise<void> {
    await machine.cutPower();
    const acknowledged = lastAcknowledged(machine);
    expect((await inspectAfterCut(lab, cluster, machine, acknowledged)).faults).toEqual([]);
}

/** The same of a machine that was never told of a failed write. */
export async function expectNothingLost(
    scene: Scene,
    cluster: Cluster,
    machine: BootedMachine,
): Promise<void> {
    expect(metError(machine), 'whether a write failed').toBe(false);
    await expectAllThere(scene, cluster, machine);
}
