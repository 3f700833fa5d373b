import { printImageReference } from '../generator/model/image-reference.ts';
import { type ImageClient, imageId, imageWatchers, lockOwner } from './cluster/truth.ts';
import type { Lab } from './lab.ts';
import type { GuestReport } from './qemu/report.ts';

/** What is so of a machine that is up, by the machine and by the cluster. */
export interface Verdict {
    /** `rbd/hosts/desk1`, by what the guest's kernel says of the device that `/` is on. */
    readonly image: string;
    /** `/dev/rbd0`, by the guest's mounts. */
    readonly device: string;
    /** Who holds the image's lock, by the cluster. */
    readonly owner: ImageClient;
}

/**
 * Compares what a machine says of its root with what the cluster says of the image.
 *
 * @throws Error with everything that does not fit.
 */
export async function judge(lab: Lab, report: GuestReport): Promise<Verdict> {
    const { cluster, host } = lab;
    const [id, watchers, owner] = await Promise.all([
        imageId(cluster, host.image),
        imageWatchers(cluster, host.image),
        lockOwner(cluster, host.image),
    ]);
    const device = report.root?.source ?? 'nothing';
    const mapped = report.images.find((image) => `/dev/rbd${image.id}` === device)?.sysfs ?? {};
    const namespace = mapped.pool_ns === '' ? [] : [mapped.pool_ns];
    const image = [mapped.pool, ...namespace, mapped.name].join('/');
    const claims: readonly (readonly [string, unknown, unknown])[] = [
        ['the image that / is on', image, printImageReference(host.image)],
        ['the id of that image', mapped.image_id, id],
        ['the cluster of that image', mapped.cluster_fsid, cluster.fsid],
        ['the snapshot of that image', mapped.current_snap, '-'],
        ['the file system of /', report.root?.fstype, host.fileSystem],
        ['the watchers of the image', watchers.map(({ address }) => address), report.addresses],
        ['the owner of its lock', owner?.address, report.addresses[0]],
        ['the client that owns its lock', owner?.client, mapped.client_id],
        ['the units that failed', report.failedUnits, ''],
    ];
    const wrong = claims
        .filter(([, is, should]) => JSON.stringify(is) !== JSON.stringify(should))
        .map(
            ([what, is, should]) => `${what}: ${JSON.stringify(is)}, not ${JSON.stringify(should)}`,
        );
    if (wrong.length > 0 || owner === undefined) {
        throw new Error(`the machine is up, but not as it should be\n${wrong.join('\n')}`);
    }
    return { image, device, owner };
}
