import { setTimeout as delay } from 'node:timers/promises';
import { type ImageReference, printImageReference } from '../../generator/model/image-reference.ts';
import type { ClusterAccess } from './start.ts';
import { ceph, imageId } from './truth.ts';

/** What the monitors complain of: `OSD_DOWN`, `MON_DOWN`… See "Health checks" of Ceph's manual. */
export async function healthChecks(cluster: ClusterAccess): Promise<readonly string[]> {
    const { stdout } = await ceph(cluster, 'health', '--format', 'json');
    return Object.keys((JSON.parse(stdout) as { checks: object }).checks);
}

/**
 * Waits until the monitors complain of something, or no longer do.
 *
 * @param seconds as many as are enough on a machine of the usual speed.
 * @throws Error when they are over, with what the monitors complain of then.
 */
export async function healthShows(
    cluster: ClusterAccess,
    check: string,
    shown: boolean,
    seconds: number,
): Promise<void> {
    const end = performance.now() + seconds * 1000;
    for (;;) {
        const checks = await healthChecks(cluster);
        if (checks.includes(check) === shown) {
            return;
        }
        if (performance.now() > end) {
            throw new Error(
                `in ${seconds} s the monitors ${shown ? 'never showed' : 'went on to show'} ${check}; they show ${checks.join(', ')}`,
            );
        }
        await delay(200);
    }
}

/** The number of the OSD that a client talks to about an image: the one that its header is on first. */
export async function primaryOf(cluster: ClusterAccess, image: ImageReference): Promise<number> {
    const header = `rbd_header.${await imageId(cluster, image)}`;
    const { stdout } = await ceph(
        cluster,
        ...['osd', 'map', image.pool, header, image.namespace ?? ''],
        ...['--format', 'json'],
    );
    const { acting_primary: primary } = JSON.parse(stdout) as { acting_primary: number };
    if (primary < 0) {
        throw new Error(`no OSD answers for ${printImageReference(image)}`);
    }
    return primary;
}
