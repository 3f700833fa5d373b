import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Site } from '../../generator/model/site.ts';
import { cached } from '../content-cache.ts';
import { releasedHash, runReleased } from '../released.ts';
import { packInitrd, unpackRoot } from './debian-root.ts';

/** What to make the shared initrd of a site from. */
export interface FleetRecipe {
    readonly cache: string;
    /** A directory in memory. */
    readonly scratch: string;
    /** The tar file of {@link baseRoot}. */
    readonly base: string;
    readonly site: Site;
    readonly progress: (text: string) => void;
}

/**
 * The kernel and the one initrd that serve every host of a site, made as an administrator makes
 * them. 10 to 20 s if they are not in the cache.
 *
 * Only for a process that is root of its user namespace.
 */
export async function fleetInitrd(recipe: FleetRecipe): Promise<{
    readonly kernel: string;
    readonly initrd: string;
}> {
    const { base, cache, progress, scratch, site } = recipe;
    const directory = await cached({
        cache,
        name: 'fleet',
        suffix: '',
        inputs: {
            base: basename(base),
            site: JSON.stringify(site),
            released: await releasedHash(),
        },
        make: async (path) => {
            await mkdir(path, { mode: 0o700 });
            const root = join(scratch, 'fleet-root');
            await unpackRoot(base, root);
            await runReleased('install', '--root', root, '--config', site.source);
            progress('update-initramfs, for the initrd that all hosts share');
            await packInitrd(root, path);
            await rm(root, { recursive: true });
        },
    });
    return { kernel: join(directory, 'vmlinuz'), initrd: join(directory, 'initrd.img') };
}
