import { execa } from 'execa';
import { type ImageReference, printImageReference } from '../../generator/model/image-reference.ts';
import type { Host, Site } from '../../generator/model/site.ts';
import { neededCaps } from './caps.ts';
import type { Credential } from './key.ts';
import type { ClusterAccess } from './start.ts';

/** What the images of the fleet are cloned from. */
const golden = 'rbd/fleet/golden';

/** Hosts whose image is not there: their names say what is missing of it. */
const withoutImage: readonly string[] = ['no-image', 'no-namespace', 'no-pool'];

/** The features of each image; those of one host are too few to map it with a lock. */
function featuresOf({ name }: Host): string {
    return name === 'no-lock' ? 'layering' : 'layering,exclusive-lock';
}

/** The caps of the fleet's clients: those they need, but for two that an administrator got wrong. */
export function fleetCaps(site: Site): ReadonlyMap<string, Credential['caps']> {
    const place = 'pool=rbd namespace';
    return new Map([
        ...neededCaps(site),
        // What many write who know read caps for the monitors from elsewhere.
        ['client.weak', { mon: 'allow r', osd: `profile rbd ${place}=fleet` }],
        ['client.outsider', { mon: 'profile rbd', osd: `profile rbd ${place}=elsewhere` }],
    ]);
}

/** Makes the namespace of the fleet, and in it what its images are cloned from. */
export async function makeGolden(cluster: ClusterAccess, source: ImageReference): Promise<void> {
    await rbd(cluster, 'namespace', 'create', 'rbd/fleet');
    await rbd(cluster, 'cp', '--no-progress', `${printImageReference(source)}@fresh`, golden);
    await rbd(cluster, 'snap', 'create', '--no-progress', `${golden}@fresh`);
}

/** Makes the image of a host anew, if it is to have one. No machine may have the old one open. */
export async function remakeImage(cluster: ClusterAccess, host: Host): Promise<void> {
    if (withoutImage.includes(host.name)) {
        return;
    }
    const image = printImageReference(host.image);
    if (await imageExists(cluster, host.image)) {
        await rbd(cluster, 'rm', '--no-progress', image);
    }
    const clone = ['clone', '--rbd-default-clone-format', '2', '--image-feature', featuresOf(host)];
    await rbd(cluster, ...clone, `${golden}@fresh`, image);
}

/** Whether an image of that name is there, in a pool and a namespace that are. */
export async function imageExists(
    { conf }: ClusterAccess,
    image: ImageReference,
): Promise<boolean> {
    const info = ['--conf', conf, 'info', printImageReference(image)];
    return (await execa('rbd', info, { reject: false })).exitCode === 0;
}

async function rbd({ conf }: ClusterAccess, ...words: readonly string[]): Promise<void> {
    await execa('rbd', ['--conf', conf, ...words]);
}
