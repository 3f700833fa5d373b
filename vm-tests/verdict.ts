import { type ImageReference, printImageReference } from '../generator/model/image-reference.ts';
import { type ImageClient, imageId, imageWatchers, lockOwner } from './cluster/truth.ts';
import type { Lab } from './lab.ts';
import type { MappedImage } from './qemu/events.ts';
import type { GuestReport } from './qemu/report.ts';
import { BootFailure, type FailureClass } from './report/failure-class.ts';

/** What is so of a machine that is up, by the machine and by the cluster. */
export interface Verdict {
    /** `rbd/hosts/desk1`, by what the guest's kernel says of the image that `/` comes from. */
    readonly image: string;
    /** `/dev/rbd0`, by the guest's mounts. */
    readonly device: string;
    /** Who holds the image's lock, by the cluster. Absent: nobody, as with a snapshot. */
    readonly owner?: ImageClient;
}

/** What one says, what another says that should be the same, and where to look if it is not. */
export interface Claim {
    readonly what: string;
    readonly is: unknown;
    readonly should: unknown;
    readonly failureClass: FailureClass;
}

/** The source of `/` where an overlay is over it. */
const overlay = 'rbdboot-overlay';

/**
 * Compares what a machine says of its root with what the cluster says of the image.
 *
 * @param device what `/` is on, without an overlay. Default: an image that is the root as it is.
 * @throws BootFailure with everything that does not fit.
 */
export async function judge(
    { cluster, host }: Pick<Lab, 'cluster' | 'host'>,
    report: GuestReport,
    device = '/dev/rbd0',
): Promise<Verdict> {
    const { snapshot, ...itself } = host.image;
    const [id, watchers, owner] = await Promise.all([
        imageId(cluster, itself),
        imageWatchers(cluster, itself),
        lockOwner(cluster, itself),
    ]);
    // Of btrfs with the subvolume behind it, in brackets.
    const source = report.root?.source.replace(/\[.*\]$/, '') ?? 'nothing';
    const isOverlaid = snapshot !== undefined && host.overlay !== false;
    const isReadOnly = snapshot !== undefined && !isOverlaid;
    const mapped = mappedBy(isOverlaid ? device : source, device, report.images);
    const image = printImageReference(referenceOf(mapped));
    expectClaims([
        seenByBoth('the image that / is on', image, printImageReference(host.image)),
        seenByBoth('the id of that image', mapped.image_id, id),
        seenByBoth('the cluster of that image', mapped.cluster_fsid, cluster.fsid),
        ...(snapshot === undefined
            ? lockClaims(report, watchers, owner, mapped)
            : [
                  seenByBoth('how many watch the image', watchers.length, 0),
                  seenByBoth('the owner of its lock', owner?.address, undefined),
              ]),
        ofRoot('how / is mounted', report.root?.options.split(',')[0], isReadOnly ? 'ro' : 'rw'),
        ofRoot('what / is mounted from', source, isOverlaid ? overlay : device),
        ofRoot(
            'the file system of /',
            report.root?.fstype,
            isOverlaid ? 'overlay' : host.fileSystem,
        ),
        // What of a system does not run on a root that it cannot write to is a matter of that system.
        ...(isReadOnly
            ? []
            : [
                  {
                      what: 'the units that failed',
                      is: report.failedUnits,
                      should: '',
                      failureClass: 'userspace',
                  } as const,
              ]),
    ]);
    return { image, device: source, ...(owner === undefined ? {} : { owner }) };
}

function seenByBoth(what: string, is: unknown, should: unknown): Claim {
    return { what, is, should, failureClass: 'disagreement' };
}

function ofRoot(what: string, is: unknown, should: unknown): Claim {
    return { what, is, should, failureClass: 'fs' };
}

/** One client has the image open, holds its lock, and is this machine. */
function lockClaims(
    { allAddresses }: GuestReport,
    watchers: readonly ImageClient[],
    owner: ImageClient | undefined,
    mapped: MappedImage['sysfs'],
): readonly Claim[] {
    const address = owner?.address ?? 'nobody';
    const own = allAddresses.find((one) => one === address || `[${one}]` === address);
    return [
        seenByBoth(
            'the watchers of the image',
            watchers.map((watcher) => watcher.address),
            [address],
        ),
        seenByBoth('the owner of its lock', address, own ?? allAddresses.join(' or ')),
        seenByBoth('the client that owns its lock', owner?.client, mapped.client_id),
    ];
}

/** What the guest has mapped for a device: the image of that number, or the only one if it is in that. */
function mappedBy(
    device: string,
    expected: string,
    images: readonly MappedImage[],
): MappedImage['sysfs'] {
    const number = /^\/dev\/rbd(?<number>\d+)(?:p\d+)?$/.exec(device)?.groups?.number;
    const only = device === expected ? images[0] : undefined;
    const found = number === undefined ? only : images.find(({ id }) => id === number);
    return found?.sysfs ?? {};
}

function referenceOf(mapped: MappedImage['sysfs']): ImageReference {
    const { current_snap: snapshot, name = '', pool = '', pool_ns: namespace } = mapped;
    return {
        pool,
        image: name,
        ...(namespace === undefined || namespace === '' ? {} : { namespace }),
        ...(snapshot === undefined || snapshot === '-' ? {} : { snapshot }),
    };
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
