import { printImageReference } from '../generator/model/image-reference.ts';
import { type ImageClient, imageId, imageWatchers, lockOwner } from './cluster/truth.ts';
import type { Lab } from './lab.ts';
import type { GuestReport } from './qemu/report.ts';
import { BootFailure, type FailureClass } from './report/failure-class.ts';

/** What is so of a machine that is up, by the machine and by the cluster. */
export interface Verdict {
    /** `rbd/hosts/desk1`, by what the guest's kernel says of the device that `/` is on. */
    readonly image: string;
    /** `/dev/rbd0`, by the guest's mounts. */
    readonly device: string;
    /** Who holds the image's lock, by the cluster. */
    readonly owner: ImageClient;
}

/** What one says, what another says that should be the same, and where to look if it is not. */
export interface Claim {
    readonly what: string;
    readonly is: unknown;
    readonly should: unknown;
    readonly failureClass: FailureClass;
}

/**
 * Compares what a machine says of its root with what the cluster says of the image.
 *
 * @throws BootFailure with everything that does not fit.
 */
export async function judge(
    { cluster, host }: Pick<Lab, 'cluster' | 'host'>,
    report: GuestReport,
): Promise<Verdict> {
    const [id, watchers, owner] = await Promise.all([
        imageId(cluster, host.image),
        imageWatchers(cluster, host.image),
        lockOwner(cluster, host.image),
    ]);
    const device = report.root?.source ?? 'nothing';
    const mapped = report.images.find((image) => `/dev/rbd${image.id}` === device)?.sysfs ?? {};
    const namespace = mapped.pool_ns === '' ? [] : [mapped.pool_ns];
    const image = [mapped.pool, ...namespace, mapped.name].join('/');
    const seenByBoth = (what: string, is: unknown, should: unknown): Claim => ({
        what,
        is,
        should,
        failureClass: 'disagreement',
    });
    expectClaims([
        seenByBoth('the image that / is on', image, printImageReference(host.image)),
        seenByBoth('the id of that image', mapped.image_id, id),
        seenByBoth('the cluster of that image', mapped.cluster_fsid, cluster.fsid),
        seenByBoth('the snapshot of that image', mapped.current_snap, '-'),
        seenByBoth(
            'the watchers of the image',
            watchers.map(({ address }) => address),
            report.addresses,
        ),
        seenByBoth('the owner of its lock', owner?.address ?? 'nobody', report.addresses[0]),
        seenByBoth('the client that owns its lock', owner?.client, mapped.client_id),
        {
            what: 'how / is mounted',
            is: report.root?.options.split(',')[0],
            should: 'rw',
            failureClass: 'fs',
        },
        {
            what: 'the file system of /',
            is: report.root?.fstype,
            should: host.fileSystem,
            failureClass: 'fs',
        },
        {
            what: 'the units that failed',
            is: report.failedUnits,
            should: '',
            failureClass: 'userspace',
        },
    ]);
    return { image, device, owner: owner as ImageClient };
}

/** @throws BootFailure with all claims that do not hold, in the class of the first. */
export function expectClaims(claims: readonly Claim[]): void {
    const wrong = claims.filter(({ is, should }) => JSON.stringify(is) !== JSON.stringify(should));
    const [first] = wrong;
    if (first !== undefined) {
        const lines = wrong.map(
            ({ is, should, what }) =>
                `${what}: ${JSON.stringify(is) ?? 'nothing'}, not ${JSON.stringify(should) ?? 'nothing'}`,
        );
        throw new BootFailure(
            first.failureClass,
            `the machine is up, but not as it should be\n${lines.join('\n')}`,
        );
    }
}
