import { execa } from 'execa';
import { type ImageReference, printImageReference } from '../../generator/model/image-reference.ts';
import { askUntil } from '../ask-until.ts';
import type { ClusterAccess } from './start.ts';

/** A client of the cluster, as the OSD knows it. */
export interface ImageClient {
    /** IPv4 address alone: `10.77.0.101`. */
    readonly address: string;
    /** Address, port and nonce, which name one run of one client: `10.77.0.101:0/1283012931`. */
    readonly instance: string;
    /** `client4123`, as kernels write it. */
    readonly client: string;
}

/** Who has the image open. A machine that lost its power stays for the 30 s of the watch. */
export async function imageWatchers(
    cluster: ClusterAccess,
    image: ImageReference,
): Promise<readonly ImageClient[]> {
    const status = await rbdJson<{
        watchers: { address: string; client: number }[];
    }>(cluster, 'status', image);
    return status.watchers.map(({ address, client }) => ({
        address: hostOf(address),
        instance: address,
        client: `client${client}`,
    }));
}

/** Who holds the exclusive lock of the image. */
export async function lockOwner(
    cluster: ClusterAccess,
    image: ImageReference,
): Promise<ImageClient | undefined> {
    const locks = await rbdJson<{ locker: string; address: string }[]>(
        cluster,
        ['lock', 'ls'],
        image,
    );
    const [lock] = locks;
    return lock === undefined
        ? undefined
        : {
              address: hostOf(lock.address),
              instance: lock.address,
              client: lock.locker.replace('.', ''),
          };
}

/** By address, who has the image open and who holds its lock: nobody, if a boot left no trace. */
export async function imageUsers(
    cluster: ClusterAccess,
    image: ImageReference,
): Promise<{ readonly watchers: readonly string[]; readonly owner: string | undefined }> {
    const [watchers, owner] = await Promise.all([
        imageWatchers(cluster, image),
        lockOwner(cluster, image),
    ]);
    return { watchers: watchers.map(({ address }) => address), owner: owner?.address };
}

/** The internal id of an image, which no other image of the pool ever has. */
export async function imageId(cluster: ClusterAccess, image: ImageReference): Promise<string> {
    return (await rbdJson<{ id: string }>(cluster, 'info', image)).id;
}

/** Whether any object of an image was written since a snapshot of it. */
export async function changedSince(
    { conf }: ClusterAccess,
    image: ImageReference,
    snapshot: string,
): Promise<boolean> {
    const words = ['--conf', conf, 'diff', '--from-snap', snapshot, printImageReference(image)];
    return (await execa('rbd', words)).stdout !== '';
}

/** The instances that the OSDs refuse to serve. */
export async function blocklist(cluster: ClusterAccess): Promise<readonly string[]> {
    // As JSON, Ceph 16.2 prints two documents one behind the other.
    const { stdout } = await ceph(cluster, 'osd', 'blocklist', 'ls');
    return stdout.split('\n').flatMap((line) => line.split(' ')[0] || []);
}

/** Seconds after which a watch ends by itself (osd_client_watch_timeout is 30), and some more. */
const watchPatience = 40;

/**
 * Cuts everybody off who has the image open, or has not let go of it: their watches end at once.
 * Machines that lost their power would keep it for up to 30 s otherwise.
 *
 * Takes back its own entries of the blocklist alone, since others may be at it for other images.
 */
export async function evictAll(cluster: ClusterAccess, image: ImageReference): Promise<void> {
    const instances = (await imageWatchers(cluster, image)).map(({ instance }) => instance);
    for (const instance of instances) {
        await ceph(cluster, 'osd', 'blocklist', 'add', instance);
    }
    await askUntil(
        { seconds: watchPatience, pause: 100 },
        () => imageWatchers(cluster, image),
        (watchers) => watchers.length === 0,
        () => 'the OSD does not drop the watches of clients on the blocklist',
    );
    const listed = await blocklist(cluster);
    for (const instance of instances.filter((one) => listed.includes(one))) {
        await ceph(cluster, 'osd', 'blocklist', 'rm', instance);
    }
}

/** Runs one command of the cluster's administrator. */
export async function ceph({ conf }: ClusterAccess, ...words: readonly string[]) {
    return execa('ceph', ['--conf', conf, ...words]);
}

async function rbdJson<T>(
    { conf }: ClusterAccess,
    words: string | readonly string[],
    image: ImageReference,
): Promise<T> {
    const { stdout } = await execa('rbd', [
        '--conf',
        conf,
        ...[words].flat(),
        printImageReference(image),
        '--format',
        'json',
    ]);
    return JSON.parse(stdout) as T;
}

/** `10.77.0.101:0/123` to `10.77.0.101`. */
function hostOf(instance: string): string {
    return instance.slice(0, instance.lastIndexOf(':'));
}
