import { type ImageReference, printImageReference } from '../../generator/model/image-reference.ts';
import { askUntil } from '../ask-until.ts';
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
 * @param seconds of this computer, which emulates no daemon.
 * @throws Error when they are over, with what the monitors complain of then.
 */
export async function healthShows(
    cluster: ClusterAccess,
    check: string,
    shown: boolean,
    seconds: number,
): Promise<void> {
    await askUntil(
        { seconds },
        () => healthChecks(cluster),
        (checks) => checks.includes(check) === shown,
        (checks) =>
            `the monitors ${shown ? 'do not show' : 'go on to show'} ${check}; they show ${checks.join(', ')}`,
    );
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
