import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { ImageReference } from '../../generator/model/image-reference.ts';
import { putRoot } from '../cluster/put-root.ts';
import type { ClusterAccess } from '../cluster/start.ts';
import type { Lab } from '../lab.ts';
import { rootNamed } from '../preparation.ts';

/** The driver of the port that records are acknowledged on: no initrd of ours has it. */
const portDriver = 'virtio_console.ko';

/**
 * Writes a small root into a cluster that writes records when it is started
 * (`guest/write-records.sh`), as an image that is not there yet.
 *
 * @param acknowledges whether it tells of a record when the disk has it, or before. Default: `'late'`.
 */
export async function putRecords(
    { roots, state }: Pick<Lab, 'roots' | 'state'>,
    cluster: ClusterAccess,
    image: ImageReference,
    acknowledges: 'late' | 'early' = 'late',
): Promise<void> {
    const scratch = join(state, 'scratch', randomUUID());
    await mkdir(join(scratch), { recursive: true });
    await execa('tar', [
        ...['--extract', '--file', rootNamed(roots, 'plain'), '--directory', scratch],
        ...['--wildcards', `*/${portDriver}`, '--transform', 's,.*/,,'],
    ]);
    const empty = join(scratch, 'empty');
    await writeFile(empty, '');
    await putRoot({ cluster, state }, image, 'ext4', undefined, {
        [`lib/${portDriver}`]: join(scratch, portDriver),
        'bin/write-records': fileURLToPath(new URL('../guest/write-records.sh', import.meta.url)),
        ...(acknowledges === 'early' ? { 'acknowledges-early': empty } : {}),
    });
    await rm(scratch, { recursive: true });
}
