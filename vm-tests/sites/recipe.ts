import { fileURLToPath } from 'node:url';
import type { Host } from '../../generator/model/site.ts';
import type { GoldenName } from '../cluster/golden.ts';
import type { Credential } from '../cluster/key.ts';
import type { RootFlavourName } from '../images/base-root.ts';

/** What the lab makes for a configuration of this directory, where that is not like all others. */
export interface SiteRecipe {
    /** The Debian system that its initrds are made from. Default: `'plain'`. */
    readonly root?: RootFlavourName;
    /**
     * Programs to put into that system before rbdboot installs into it: text by path, relative to its
     * root. Default: none.
     */
    readonly rootFiles?: Readonly<Record<string, string>>;
    /** What the images of its hosts are clones of. Default: `'plain'`. */
    readonly golden?: GoldenName;
    /**
     * Where in the pool `rbd` that golden image is. Default: the namespace `golden`, which every
     * site may read and none may write.
     */
    readonly goldenNamespace?: string;
    /** The features of a host's image. Default: `layering,exclusive-lock`. */
    readonly features?: (host: Host) => string;
    /** The machines bring their kernel and initrd to the boot server themselves. Default: they do not. */
    readonly ownBootFiles?: boolean;
    /**
     * Its cluster is not the lab's, but one that each scenario starts for itself: nothing is made for
     * its hosts besides clients, keyrings and boot files. Default: the lab's.
     */
    readonly ownCluster?: true;
    /** Names of hosts whose image is not there. Default: none. */
    readonly withoutImage?: readonly string[];
    /** Caps by entity, in the place of those that its clients need. Default: none. */
    readonly caps?: ReadonlyMap<string, Credential['caps']>;
}

/** The configuration of that name in this directory. */
export function siteFile(name: string): string {
    return fileURLToPath(new URL(`${name}.boot.config.ts`, import.meta.url));
}
