import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageReference } from '../../generator/model/image-reference.ts';
import { type SmallRootKind, smallRoot } from '../images/small-root.ts';
import type { Lab } from '../lab.ts';
import { rootNamed } from '../preparation.ts';
import { makeNamespaces } from './golden.ts';
import { writeImage } from './provision.ts';

/**
 * Writes a small root into a cluster, as an image that is not there yet.
 *
 * @param change what to do to the raw image before. Default: nothing.
 * @param further files to put into it, by path: where they are here. Default: none.
 */
export async function putRoot(
    { cluster, roots = {}, state }: Pick<Lab, 'cluster' | 'state'> & Partial<Pick<Lab, 'roots'>>,
    image: ImageReference,
    kind: SmallRootKind,
    change: (file: string) => Promise<unknown> = async () => {},
    further: Readonly<Record<string, string>> = {},
): Promise<void> {
    const scratch = join(state, 'scratch', randomUUID());
    const tools = kind === 'subvolume' ? { tools: rootNamed(roots, 'btrfs-tools') } : {};
    const file = await smallRoot(kind, scratch, further, tools);
    await change(file);
    await makeNamespaces(cluster, [image]);
    await writeImage(cluster, image, file);
    await rm(scratch, { recursive: true });
}
