import type { Site } from '../../generator/model/site.ts';
import { madeOnce } from '../made-once.ts';
import { siteIn } from '../site.ts';
import { siteFile } from './recipe.ts';
import type { SiteName } from './recipes.ts';

const checked = new Map<SiteName, Promise<Site>>();

/**
 * A configuration of this directory. It is checked once in a process: the compiler takes half a
 * second for it, and three times that when it is first loaded.
 *
 * @throws Complaint with everything that is wrong with it.
 */
export function siteNamed(name: SiteName): Promise<Site> {
    return madeOnce(checked, name, () => siteIn(siteFile(name)));
}
