import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { execa } from 'execa';
import type { Host, Site } from '../../generator/model/site.ts';
import { buildDirectory } from '../build-directory.ts';
import { cached, hashOf } from '../content-cache.ts';
import type { ImagePlan } from '../own-configuration/image-plan.ts';
import { releasedHash, runReleased } from '../released.ts';
import { unpackRoot } from './debian-root.ts';
import { makeDisk } from './disk.ts';
import { makeFileSystem, rootSize } from './file-system.ts';
import { guestFiles, prepareGuest } from './guest.ts';
import { type LuksKeys, makeLuksContainer } from './luks-container.ts';

/** What to make the image of a host from. */
export interface StandInRecipe {
    readonly plan: ImagePlan;
    readonly site: Site;
    readonly host: Host;
    /** The tar file of {@link baseRoot}. */
    readonly base: string;
    /** Files of the root by path, before rbdboot installs into it. */
    readonly rootFiles: Readonly<Record<string, string>>;
    /** The tar file of the root `btrfs-tools`, where there are subvolumes. */
    readonly tools?: string;
    /** What opens the container, where there is one. */
    readonly keys: LuksKeys;
    /** A directory in memory. */
    readonly scratch: string;
}

/** All of a container is written, and the cluster has it in memory. */
const sizeInContainer = '900M';

/**
 * A raw image with a Debian system that rbdboot is installed in, as the configuration describes the
 * image of a host. 5 s if its file system is not in the cache, and 5 s more for a container.
 *
 * Only for a process that is root of its user namespace.
 *
 * @returns a file that is the caller's to remove.
 */
export async function standInImage(recipe: StandInRecipe): Promise<string> {
    const { disk, luks } = recipe.plan;
    const file = join(recipe.scratch, `${randomUUID()}.img`);
    await execa('cp', ['--sparse=always', await fileSystemOf(recipe), file]);
    const wrap = async (make: (contents: string) => Promise<void>) => {
        const contents = `${file}.contents`;
        await rename(file, contents);
        await make(contents);
        await rm(contents, { force: true });
    };
    if (luks !== undefined) {
        await wrap((contents) => makeLuksContainer(luks, contents, file, recipe.keys));
    }
    if (disk !== undefined) {
        await wrap((contents) => makeDisk(disk, contents, file));
    }
    return file;
}

async function fileSystemOf(recipe: StandInRecipe): Promise<string> {
    const { base, host, plan, rootFiles, site, tools } = recipe;
    const size = plan.luks === undefined ? rootSize : sizeInContainer;
    const own = site.initrd === 'shared' ? [] : ['--host', host.name];
    return cached({
        cache: buildDirectory().cache,
        name: `stand-in-${host.name}`,
        suffix: '.img',
        inputs: {
            base: basename(base),
            rootFiles: JSON.stringify(rootFiles),
            site: JSON.stringify(site),
            config: await readFile(site.source),
            guest: hashOf(await guestFiles()),
            keyring: await readFile(host.keyring),
            luksKey: host.luks?.kind === 'key-file' ? await readFile(host.luks.file) : '',
            released: await releasedHash(),
            plan: JSON.stringify(plan),
            size,
        },
        make: async (path) => {
            const root = join(recipe.scratch, randomUUID());
            await unpackRoot(base, root);
            await prepareGuest(root, host.name, rootLine(recipe));
            for (const [name, text] of Object.entries(rootFiles)) {
                await mkdir(join(root, dirname(name)), { recursive: true });
                await writeFile(join(root, name), text);
            }
            await runReleased('install', '--root', root, '--config', site.source, ...own);
            await makeFileSystem({
                plan: plan.fileSystem,
                tree: root,
                file: path,
                size,
                ...(tools === undefined ? {} : { tools }),
            });
            await rm(root, { recursive: true, force: true });
            await rm(`${root}.top`, { recursive: true, force: true });
        },
    });
}

/** What an administrator writes into the fstab of the image, as docs/how-to says. */
function rootLine({ host, plan }: StandInRecipe): string {
    const readOnly = host.image.snapshot !== undefined && host.overlay === false;
    const options = [readOnly ? 'ro' : 'defaults', ...host.rootFlags, '_netdev'];
    return `${plan.device} / ${plan.fileSystem.type} ${options.join(',')} 0 0`;
}
