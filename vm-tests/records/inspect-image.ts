import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { type ImageReference, printImageReference } from '../../generator/model/image-reference.ts';
import type { ClusterAccess } from '../cluster/start.ts';
import { filesIn } from '../files-in.ts';

/** What a raw image with an ext4 file system holds after its machine lost its power. */
export interface Inspection {
    /** What e2fsck says of the file system once its journal has been replayed; empty if nothing. */
    readonly errors: string;
    /** The files in `/records`, by name. */
    readonly records: Readonly<Record<string, Buffer>>;
}

/**
 * Copies an image out of the cluster as it is now, through a snapshot, which stays. Nobody may have
 * the image open.
 */
export async function exportImage(
    { conf }: ClusterAccess,
    image: ImageReference,
    snapshot: string,
    file: string,
): Promise<void> {
    const name = `${printImageReference(image)}@${snapshot}`;
    await execa('rbd', ['--conf', conf, 'snap', 'create', '--no-progress', name]);
    await execa('rbd', ['--conf', conf, 'export', '--no-progress', name, file]);
}

/**
 * Replays the journal of the file system as the next mount would, checks all of it, and reads the
 * records. No kernel takes part, so nothing can be made good on the way.
 *
 * @param file the raw image, which is changed by that.
 * @param directory gets the records, and is not there yet.
 */
export async function inspectImage(file: string, directory: string): Promise<Inspection> {
    const check = async (...options: readonly string[]) => {
        const { all, exitCode } = await execa('e2fsck', [...options, file], {
            all: true,
            reject: false,
        });
        return { all, exitCode };
    };
    // 1: the journal was replayed, or what was being deleted is deleted.
    const replayed = await check('-p');
    const checked = await check('-f', '-n');
    const errors = [
        ...(replayed.exitCode === 0 || replayed.exitCode === 1 ? [] : [replayed.all]),
        ...(checked.exitCode === 0 ? [] : [checked.all]),
    ];
    await mkdir(directory, { recursive: true });
    await execa('debugfs', ['-R', `rdump /records ${directory}`, file]);
    return { errors: errors.join('\n'), records: await filesIn(join(directory, 'records')) };
}
