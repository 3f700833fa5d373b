import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { printImageReference } from '../../generator/model/image-reference.ts';
import type { BootedMachine } from '../booted-machine.ts';
import type { Cluster } from '../cluster/start.ts';
import { evictAll } from '../cluster/truth.ts';
import type { Lab } from '../lab.ts';
import { lastAcknowledged, patience, recordsBegun } from './acknowledged.ts';
import type { Cut } from './cut.ts';
import { exportImage, inspectImage } from './inspect-image.ts';
import { type Judgement, judgeRecords } from './judge.ts';

/**
 * Lets a machine that writes records run up to the moment of a cut, and takes the power from it; from
 * the OSD as well, if the cut says so, which is back afterwards.
 *
 * @returns the number of the last record that it acknowledged; 0 if it did so with none.
 */
export async function runUntilCut(
    machine: BootedMachine,
    { osds: [osd] }: Cluster,
    { after, from, osdAfter }: Cut,
): Promise<number> {
    await (from === 'records'
        ? recordsBegun(machine, patience)
        : machine.console.shows('the map', /rbdboot\[map-image\]: mapping /, patience));
    await delay(after * 1000);
    const osdToo = async () => {
        if (osdAfter !== undefined) {
            await delay(osdAfter * 1000);
            await osd?.kill();
            osd?.start();
        }
    };
    await Promise.all([
        delay(Math.max(0, -(osdAfter ?? 0)) * 1000).then(() => machine.cutPower()),
        osdToo(),
    ]);
    return lastAcknowledged(machine);
}

/**
 * Looks at the image of a machine that has lost its power, before any other boots from it: its
 * acknowledged records must be there, whole and in order, and its file system without errors.
 *
 * The dead machine is shut out of the cluster first, as the next one would do, so that nothing that
 * is still under way comes late.
 *
 * @param acknowledged the number of the last record that any machine acknowledged on that image.
 */
export async function inspectAfterCut(
    { state }: Pick<Lab, 'state'>,
    { access }: Cluster,
    { host: { image }, nonce }: BootedMachine,
    acknowledged: number,
): Promise<Judgement> {
    await evictAll(access, image);
    const file = join(state, `inspected-${nonce}`);
    await exportImage(access, image, nonce, file);
    const { errors, records } = await inspectImage(file, `${file}.records`);
    const { faults, last } = judgeRecords(records, acknowledged);
    await rm(file);
    await rm(`${file}.records`, { recursive: true });
    const snapshot = `${printImageReference(image)}@${nonce}`;
    await execa('rbd', ['--conf', access.conf, 'snap', 'rm', '--no-progress', snapshot]);
    return { last, faults: errors === '' ? faults : [...faults, `e2fsck says: ${errors}`] };
}
