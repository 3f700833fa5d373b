import { execa } from 'execa';
import { type ImageReference, printImageReference } from '../../generator/model/image-reference.ts';
import type { Host, Site } from '../../generator/model/site.ts';
import { makeBootDirectory } from '../images/boot-directory.ts';
import { goldenImage } from '../images/golden-image.ts';
import { managerFiles, prepareManagers } from '../images/managers.ts';
import type { Lab } from '../lab.ts';
import type { SiteRecipe } from '../sites/recipe.ts';
import { writeImage } from './provision.ts';
import type { ClusterAccess } from './start.ts';

/** Makes an image in the cluster, in a namespace that is there. */
type GoldenMaker = (lab: Lab, image: ImageReference) => Promise<void>;

/** What images of hosts are clones of; each is made when a scenario needs it. */
const makers = Object.freeze({
    /** The Debian system of the reference example. */
    plain: async ({ cluster, host }, image) => {
        const source = `${printImageReference(host.image)}@fresh`;
        await rbd(cluster, 'cp', '--no-progress', source, printImageReference(image));
    },
    /** Debian 13. */
    trixie: async (lab, image) => writeImage(lab.cluster, image, await goldenImage(lab, 'trixie')),
    /** The one machine with a boot directory, which is made with it. */
    'boot-directory': makeBootDirectory,
    /** A system with every network manager; what of them is at work is chosen when it starts. */
    managers: async (lab, image) =>
        writeImage(
            lab.cluster,
            image,
            await goldenImage(lab, 'managers', {
                inputs: await managerFiles(),
                prepare: prepareManagers,
            }),
        ),
} satisfies Readonly<Record<string, GoldenMaker>>);

export type GoldenName = keyof typeof makers;

/** Where the golden image of a site is. */
export function goldenOf({ golden = 'plain', goldenNamespace = 'golden' }: SiteRecipe) {
    return { pool: 'rbd', namespace: goldenNamespace, image: `golden-${golden}` } as ImageReference;
}

/** Makes the golden image of a site, if it is not there, and the namespaces of its images. */
export async function makeGolden({
    lab,
    recipe,
    site,
}: {
    readonly lab: Lab;
    readonly recipe: SiteRecipe;
    readonly site: Site;
}): Promise<void> {
    const golden = goldenOf(recipe);
    const missing = new Set(recipe.withoutImage ?? []);
    const images = site.hosts.filter(({ name }) => !missing.has(name)).map(({ image }) => image);
    await makeNamespaces(lab.cluster, [golden, ...images]);
    if (!(await imageExists(lab.cluster, golden))) {
        await makers[recipe.golden ?? 'plain'](lab, golden);
        const snapshot = `${printImageReference(golden)}@fresh`;
        await rbd(lab.cluster, 'snap', 'create', '--no-progress', snapshot);
    }
}

/** Makes the image of a host anew, if it is to have one. No machine may have the old one open. */
export async function remakeImage(
    cluster: ClusterAccess,
    recipe: SiteRecipe,
    host: Host,
): Promise<void> {
    if (recipe.withoutImage?.includes(host.name) === true) {
        return;
    }
    const image = printImageReference(host.image);
    if (await imageExists(cluster, host.image)) {
        await rbd(cluster, 'rm', '--no-progress', image);
    }
    const features = recipe.features?.(host) ?? 'layering,exclusive-lock';
    const clone = ['clone', '--rbd-default-clone-format', '2', '--image-feature', features];
    await rbd(cluster, ...clone, `${printImageReference(goldenOf(recipe))}@fresh`, image);
}

/** Whether an image of that name is there, in a pool and a namespace that are. */
export async function imageExists(
    { conf }: ClusterAccess,
    image: ImageReference,
): Promise<boolean> {
    const info = ['--conf', conf, 'info', printImageReference(image)];
    return (await execa('rbd', info, { reject: false })).exitCode === 0;
}

/** EEXIST, with which the program ends. */
const fileExists = 17;

/** Makes the namespaces of these images, where they are not there. */
export async function makeNamespaces(
    cluster: ClusterAccess,
    images: readonly ImageReference[],
): Promise<void> {
    const wanted = images.flatMap(({ pool, namespace }) =>
        namespace === undefined ? [] : [{ pool, namespace }],
    );
    for (const { pool, namespace } of wanted) {
        const { stdout } = await rbd(cluster, 'namespace', 'ls', pool, '--format', 'json');
        const there = (JSON.parse(stdout) as { name: string }[]).map(({ name }) => name);
        if (!there.includes(namespace)) {
            // A scenario beside this one may make it meanwhile.
            await rbd(cluster, 'namespace', 'create', `${pool}/${namespace}`).catch((error) => {
                if (error.exitCode !== fileExists) {
                    throw error;
                }
            });
        }
    }
}

async function rbd({ conf }: ClusterAccess, ...words: readonly string[]) {
    return execa('rbd', ['--conf', conf, ...words]);
}
