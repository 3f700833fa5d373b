import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Site } from '../../generator/model/site.ts';
import { buildDirectory } from '../build-directory.ts';
import { neededCaps } from '../cluster/caps.ts';
import { makeGolden } from '../cluster/golden.ts';
import { type Credential, keptCredentials } from '../cluster/key.ts';
import { layKeyrings } from '../cluster/lay-keyrings.ts';
import { addCredentials } from '../cluster/provision.ts';
import { Complaint } from '../complaint.ts';
import type { Lab } from '../lab.ts';
import { madeOnce } from '../made-once.ts';
import { oneAtATime } from '../reserve.ts';
import type { SiteRecipe } from './recipe.ts';
import { recipes, type SiteName } from './recipes.ts';
import { serveSite } from './serve-site.ts';
import { siteNamed } from './site-named.ts';

/** A configuration of this directory, of which machines can be booted. */
export interface OpenSite {
    readonly name: SiteName;
    readonly recipe: SiteRecipe;
    readonly site: Site;
    readonly credentials: readonly Credential[];
    /** Where `rbdboot ipxe` wrote its files; for the network lane each of its MAC addresses leads there. */
    readonly served: string;
}

const opened = new Map<SiteName, Promise<OpenSite>>();

/**
 * Makes in the lab what the machines of a configuration need: clients with their caps, keyrings
 * where rbdboot looks for them, the golden image, the files of the boot server. The initrds come
 * when a machine is booted.
 */
export function openSite(lab: Lab, name: SiteName): Promise<OpenSite> {
    // One after the other, in all processes: two may need the same golden image.
    return madeOnce(opened, name, () =>
        oneAtATime('opening a configuration', () => open(lab, name)),
    );
}

async function open(lab: Lab, name: SiteName): Promise<OpenSite> {
    const recipe: SiteRecipe = recipes[name];
    const site = await siteNamed(name);
    const shared = recipe.ownCluster !== true;
    if (shared && site.cluster.fsid !== lab.cluster.fsid) {
        throw new Complaint(
            'the scenarios boot machines of vm-tests/sites, on the cluster of the reference example: for a' +
                ' configuration of your own there is "rbdboot vm-test"',
        );
    }
    const { cache } = buildDirectory();
    const credentials = await keptCredentials(cache, capsOf(site, recipe));
    const served = join(lab.served, 'sites', name);
    const mark = join(lab.state, `open-${name}`);
    if (!(await exists(mark))) {
        await mkdir(served, { recursive: true });
        await layKeyrings(credentials);
        if (shared) {
            await addCredentials(lab.cluster, credentials, join(lab.state, `${name}.keyring`));
            await makeGolden({ lab, recipe, site });
        }
        await serveSite(lab, site, served);
        // Scenarios of another file may be in another process, and find this.
        await writeFile(mark, '');
    }
    return { name, recipe, site, credentials, served };
}

/** What its clients need, to read the golden image included, unless the recipe says otherwise. */
function capsOf(site: Site, recipe: SiteRecipe): ReadonlyMap<string, Credential['caps']> {
    const namespace = recipe.goldenNamespace;
    const golden =
        namespace === undefined ? ', profile rbd-read-only pool=rbd namespace=golden' : '';
    const needed = [...neededCaps(site)].map(
        ([entity, caps]) => [entity, { ...caps, osd: `${caps.osd}${golden}` }] as const,
    );
    return new Map([...needed, ...(recipe.caps ?? [])]);
}

async function exists(path: string): Promise<boolean> {
    return access(path).then(
        () => true,
        () => false,
    );
}
