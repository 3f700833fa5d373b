import { printImageReference } from '../../generator/model/image-reference.ts';
import type { Host, Site } from '../../generator/model/site.ts';
import { goldenOf } from '../cluster/golden.ts';
import { Complaint } from '../complaint.ts';
import type { PlannedScenario } from '../manifest.ts';
import { partsOf } from '../reservation.ts';
import type { SiteRecipe } from '../sites/recipe.ts';
import { recipes } from '../sites/recipes.ts';
import { siteNamed } from '../sites/site-named.ts';

/**
 * Looks before the lab starts whether there is the machine of a shell, with all that it boots from.
 *
 * @throws Complaint that says why not, and which machines of the configuration can be booted.
 */
export async function checkBootable({ lane, machines }: PlannedScenario): Promise<void> {
    const [machine = 'reference'] = machines;
    if (machine === 'reference') {
        return;
    }
    const { host, site } = partsOf(machine);
    const recipe: SiteRecipe = recipes[site];
    const why = hindrance(await siteNamed(site), recipe, host);
    if (why !== undefined) {
        throw new Complaint(`HOST is ${machine}: ${why}`);
    }
    if (recipe.ownBootFiles === true && lane === 'direct') {
        throw new Complaint(
            `HOST is ${machine}: it brings its kernel to the boot server itself, so say LANE=network`,
        );
    }
}

/** Why a host of a configuration cannot be booted in a shell, or nothing. */
function hindrance(site: Site, recipe: SiteRecipe, name: string): string | undefined {
    if (recipe.ownCluster === true) {
        return 'each scenario of this configuration starts a cluster of its own, which a shell does not';
    }
    const host = site.hosts.find((one) => one.name === name);
    if (host !== undefined && hasImage(recipe, host)) {
        return undefined;
    }
    const bootable = site.hosts.filter((one) => hasImage(recipe, one)).map((one) => one.name);
    const problem =
        host === undefined ? 'there is no such machine' : 'the lab makes no image for it';
    const others =
        bootable.length === 0
            ? 'the images of this configuration are put there by its scenarios alone'
            : `those that can be booted are ${bootable.join(', ')}`;
    return `${problem}; ${others}`;
}

/** Whether the lab makes its image: a clone of the golden image, or a snapshot that all share. */
function hasImage(recipe: SiteRecipe, { image, name }: Host): boolean {
    const golden = `${printImageReference(goldenOf(recipe))}@fresh`;
    return recipe.withoutImage?.includes(name) !== true || printImageReference(image) === golden;
}
