import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageReference } from '../../generator/model/image-reference.ts';
import { type SmallRootKind, smallRoot } from '../images/small-root.ts';
import type { Lab } from '../lab.ts';
import { makeNamespaces } from './golden.ts';
import { writeImage } from './provision.ts';

/**
 * Writes a small root into the cluster, as an image that is not there yet.
 *
 * @param change what to do to the raw image before. Default: nothing.
 */
export async function putRoot(
    { cluster, state }: Lab,
    image: ImageReference,
    kind: SmallRootKind,
    change: (file: string) => Promise<unknown> = async () => {},
): Promise<void> {
    const scratch = join(state, 'scratch', randomUUID());
    const file = await smallRoot(kind, scratch);
    await change(file);
    await makeNamespaces(cluster, [image]);
    await writeImage(cluster, image, file);
    await rm(scratch, { recursive: true });
}
