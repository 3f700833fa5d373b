import { execa } from 'execa';
import { type ImageReference, printImageReference } from '../../generator/model/image-reference.ts';
import type { ClusterAccess } from './start.ts';
import { changedSince, imageUsers } from './truth.ts';

/** All that the cluster knows of an image and one of its snapshots. */
export type SnapshotTruth = Awaited<ReturnType<typeof imageUsers>> & {
    /** Whether the image is another than at the snapshot. */
    readonly changed: boolean;
    /** SHA-256 of all that is in the snapshot, with where it is. */
    readonly contents: string;
};

/** Who uses an image, and what is in it, byte for byte. It reads all of it: hundreds of megabytes. */
export async function snapshotTruth(
    cluster: ClusterAccess,
    image: ImageReference,
    snapshot: string,
): Promise<SnapshotTruth> {
    const summed = 'rbd --conf "$1" export-diff --no-progress "$2" - | sha256sum';
    const place = `${printImageReference(image)}@${snapshot}`;
    const [users, changed, sum] = await Promise.all([
        imageUsers(cluster, image),
        changedSince(cluster, image, snapshot),
        execa('sh', ['-ec', summed, 'sh', cluster.conf, place]),
    ]);
    return { ...users, changed, contents: sum.stdout };
}
