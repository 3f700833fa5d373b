import { stat, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { type ImageReference, printImageReference } from '../../generator/model/image-reference.ts';
import { type Credential, printKeyring } from './key.ts';
import type { ClusterAccess } from './start.ts';
import { evictAll } from './truth.ts';

/** The snapshot that each scenario starts from. */
const fresh = 'fresh';

/** Makes the pools and namespaces that the images are in. */
export async function makePools(
    { conf }: ClusterAccess,
    images: readonly ImageReference[],
): Promise<void> {
    const pools = new Set(images.map(({ pool }) => pool));
    const commands = [...pools].flatMap((pool) => [
        `osd pool create ${pool} 8 8`,
        `osd pool application enable ${pool} rbd`,
    ]);
    await execa('ceph', ['--conf', conf], { input: `${commands.join('\n')}\n` });
    for (const pool of pools) {
        await rbd(conf, 'pool', 'init', '--pool', pool);
    }
    const namespaces = new Set(
        images.flatMap(({ pool, namespace }) =>
            namespace === undefined ? [] : [`${pool}/${namespace}`],
        ),
    );
    for (const namespace of namespaces) {
        await rbd(conf, 'namespace', 'create', namespace);
    }
}

/** Writes a raw image into the cluster, and takes the snapshot that {@link restoreImage} returns to. */
export async function importImage(
    cluster: ClusterAccess,
    image: ImageReference,
    file: string,
): Promise<void> {
    await writeImage(cluster, image, file);
    await rbd(cluster.conf, 'snap', 'create', `${printImageReference(image)}@${fresh}`);
}

/** How an image is made, where it is not like most. */
export interface ImageOptions {
    /** Default: what a machine needs, its lock and layers for clones. */
    readonly features?: readonly string[];
    /** Where its data is. Default: in its own pool. */
    readonly dataPool?: string;
}

/** Writes a raw image into the cluster. */
export async function writeImage(
    { conf }: ClusterAccess,
    image: ImageReference,
    file: string,
    { dataPool, features = ['layering', 'exclusive-lock'] }: ImageOptions = {},
): Promise<void> {
    const { snapshot: _, ...itself } = image;
    const name = printImageReference(itself);
    const { size } = await stat(file);
    await rbd(
        conf,
        ...['create', '--size', `${size}B`],
        ...features.flatMap((feature) => ['--image-feature', feature]),
        ...(dataPool === undefined ? [] : ['--data-pool', dataPool]),
        name,
    );
    await execa('qemu-img', [
        'convert',
        // Many writes at a time, in any order, into an image that is there and all zeros.
        ...['-n', '-W', '-m', '16', '--target-is-zero', '-f', 'raw', '-O', 'raw'],
        file,
        `rbd:${name}:id=admin:conf=${conf}`,
    ]);
}

/** Keeps the state of an image under the name of the snapshot in the reference. */
export async function takeSnapshot({ conf }: ClusterAccess, image: ImageReference): Promise<void> {
    await rbd(conf, 'snap', 'create', '--no-progress', printImageReference(image));
}

/** Takes an image away with its snapshots, whoever has it open. */
export async function removeImage(cluster: ClusterAccess, image: ImageReference): Promise<void> {
    const { snapshot: _, ...itself } = image;
    await evictAll(cluster, itself);
    await rbd(cluster.conf, 'snap', 'purge', '--no-progress', printImageReference(itself));
    await rbd(cluster.conf, 'rm', '--no-progress', printImageReference(itself));
}

/**
 * Adds clients with their caps.
 *
 * @param file where to write them for that; it holds their keys.
 */
export async function addCredentials(
    { conf }: ClusterAccess,
    credentials: readonly Credential[],
    file: string,
): Promise<void> {
    await writeFile(file, printKeyring(credentials), { mode: 0o600 });
    await execa('ceph', ['--conf', conf, 'auth', 'import', '--in-file', file]);
}

/** Gives an image the contents back that it was imported with. No machine may have it mapped. */
export async function restoreImage({ conf }: ClusterAccess, image: ImageReference): Promise<void> {
    await rbd(conf, 'snap', 'rollback', '--no-progress', `${printImageReference(image)}@${fresh}`);
}

async function rbd(conf: string, ...words: readonly string[]): Promise<void> {
    await execa('rbd', ['--conf', conf, ...words]);
}
