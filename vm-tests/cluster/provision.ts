import { stat, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { type ImageReference, printImageReference } from '../../generator/model/image-reference.ts';
import { type Credential, printKeyring } from './key.ts';
import type { ClusterAccess } from './start.ts';

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

/**
 * Writes a raw image into the cluster. The features are those that a machine needs: its lock, and
 * layers for clones.
 */
export async function writeImage(
    { conf }: ClusterAccess,
    image: ImageReference,
    file: string,
): Promise<void> {
    const name = printImageReference(image);
    const { size } = await stat(file);
    await rbd(
        conf,
        'create',
        '--size',
        `${size}B`,
        '--image-feature',
        'layering,exclusive-lock',
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
