import { type ImageReference, printImageReference } from '../../generator/model/image-reference.ts';
import { BootFailure } from '../report/failure-class.ts';
import type { ClusterAccess } from './start.ts';
import { imageWatchers } from './truth.ts';

/**
 * Asks the cluster about an image that a machine shows as mounted. A snapshot has nobody who watches it.
 *
 * @throws BootFailure if nobody has it open.
 */
export async function expectOpen(cluster: ClusterAccess, image: ImageReference): Promise<void> {
    if (image.snapshot === undefined && (await imageWatchers(cluster, image)).length === 0) {
        throw new BootFailure(
            'disagreement',
            `the console shows a root that is mounted, and in the cluster nobody has ${printImageReference(image)} open`,
        );
    }
}
