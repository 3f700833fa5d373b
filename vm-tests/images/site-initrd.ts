import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Host, Site } from '../../generator/model/site.ts';
import { buildDirectory } from '../build-directory.ts';
import { cached } from '../content-cache.ts';
import { releasedHash, runReleased } from '../released.ts';
import { packInitrd, unpackRoot } from './debian-root.ts';

/** What to make an initrd from. */
export interface InitrdRecipe {
    /** A directory in memory. */
    readonly scratch: string;
    /** The tar file of {@link baseRoot}. */
    readonly base: string;
    /** Programs to put into it, by path. */
    readonly rootFiles: Readonly<Record<string, string>>;
    readonly site: Site;
    /** Absent: for all hosts of the site, which share it. */
    readonly host?: Host;
}

/**
 * The kernel and the initrd of a host, or of all hosts of a site, made as an administrator makes
 * them. 10 to 20 s if they are not in the cache.
 *
 * Only for a process that is root of its user namespace.
 */
export async function siteInitrd(recipe: InitrdRecipe): Promise<{
    readonly kernel: string;
    readonly initrd: string;
}> {
    const { base, host, rootFiles, scratch, site } = recipe;
    const words = host === undefined ? [] : ['--host', host.name];
    const directory = await cached({
        cache: buildDirectory().cache,
        name: `initrd-${basename(site.source, '.boot.config.ts')}-${host?.name ?? 'all'}`,
        suffix: '',
        inputs: {
            base: basename(base),
            rootFiles: JSON.stringify(rootFiles),
            site: JSON.stringify(site),
            config: await readFile(site.source),
            released: await releasedHash(),
            keyring: host === undefined ? '' : await readFile(host.keyring),
            luksKey:
                host?.luks?.kind === 'key-file' ? await readFile(host.luks.file) : 'in no initrd',
        },
        make: async (path) => {
            await mkdir(path, { mode: 0o700 });
            const root = join(scratch, randomUUID());
            await unpackRoot(base, root);
            for (const [file, text] of Object.entries(rootFiles)) {
                await mkdir(join(root, dirname(file)), { recursive: true });
                await writeFile(join(root, file), text, { mode: 0o755 });
            }
            await runReleased('install', '--root', root, '--config', site.source, ...words);
            await packInitrd(root, path);
            await rm(root, { recursive: true });
        },
    });
    return { kernel: join(directory, 'vmlinuz'), initrd: join(directory, 'initrd.img') };
}
