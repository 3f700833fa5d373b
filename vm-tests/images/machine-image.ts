import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Site } from '../../generator/model/site.ts';
import { cached, hashOf } from '../content-cache.ts';
import { releasedHash, runReleased } from '../released.ts';
import { packInitrd, unpackRoot } from './debian-root.ts';
import { makeFileSystem, rootSize } from './file-system.ts';
import { guestFiles, prepareGuest } from './guest.ts';

/** What a machine boots from. The files hold its key, so only their owner may read them. */
export interface MachineImage {
    readonly kernel: string;
    readonly initrd: string;
    /** A raw file system image, sparse. */
    readonly root: string;
}

/** What to make a machine's files from. */
export interface MachineRecipe {
    readonly cache: string;
    /** A directory in memory. */
    readonly scratch: string;
    /** The tar file of {@link baseRoot}. */
    readonly base: string;
    readonly host: string;
    readonly site: Site;
    /** A keyring file with the key of the machine's client. */
    readonly keyring: string;
    /** Called with each thing that is begun, if the files are not in the cache. */
    readonly progress: (text: string) => void;
}

/**
 * The kernel, the initrd and the root image of a machine, made as its administrator would make them:
 * the released command installs into a Debian root, and that root's own update-initramfs packs the
 * initrd. 15 to 30 s if they are not in the cache.
 *
 * Only for a process that is root of its user namespace.
 */
export async function machineImage(recipe: MachineRecipe): Promise<MachineImage> {
    const directory = await cached({
        cache: recipe.cache,
        name: `machine-${recipe.host}`,
        suffix: '',
        inputs: {
            base: basename(recipe.base),
            site: JSON.stringify(recipe.site),
            config: await readFile(recipe.site.source),
            guest: hashOf(await guestFiles()),
            keyring: await readFile(recipe.keyring),
            released: await releasedHash(),
            rootSize,
        },
        make: (path) => make(path, recipe),
    });
    return {
        kernel: join(directory, 'vmlinuz'),
        initrd: join(directory, 'initrd.img'),
        root: join(directory, 'root.img'),
    };
}

async function make(path: string, recipe: MachineRecipe): Promise<void> {
    const { base, host, keyring, progress, scratch, site } = recipe;
    await mkdir(path, { mode: 0o700 });
    const root = join(scratch, 'root');
    await unpackRoot(base, root);
    await prepareGuest(root, host);

    progress('rbdboot install');
    const own = site.initrd === 'shared' ? [] : ['--host', host, '--keyring', keyring];
    await runReleased('install', '--root', root, '--config', site.source, ...own);
    progress('update-initramfs');
    await packInitrd(root, path);
    progress('mkfs.ext4');
    const plan = { type: 'ext4', label: host.slice(0, 16) } as const;
    await makeFileSystem({ plan, tree: root, file: join(path, 'root.img') });
    await rm(root, { recursive: true });
}

/** Bytes of each part: of the root image those that are written, holes left out. */
export async function sizesOf(
    image: MachineImage,
): Promise<Readonly<Record<keyof MachineImage, number>>> {
    const [kernel, initrd, root] = await Promise.all([
        stat(image.kernel),
        stat(image.initrd),
        stat(image.root),
    ]);
    return { kernel: kernel.size, initrd: initrd.size, root: root.blocks * 512 };
}
