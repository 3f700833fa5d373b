import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import type { FileSystem } from '../../generator/model/file-system.ts';
import { xfsPrototype } from './xfs-prototype.ts';

/** Room for a small Debian system; what is not written takes none. */
export const rootSize = '2G';

/** A file system, and what it is found by. */
export interface FileSystemPlan {
    readonly type: FileSystem;
    /** At most 16 bytes for ext4, 12 for xfs. Default: none. */
    readonly label?: string;
    /** Default: a random one. */
    readonly uuid?: string;
    /** Of btrfs: directories that are subvolumes, in the order of their ids, which begin with 256. */
    readonly subvolumes?: readonly string[];
    /** The one of them that gets the contents. Absent: the top does. */
    readonly within?: string;
}

/** What to make a raw image of a file system from. */
export interface FileSystemRecipe {
    readonly plan: FileSystemPlan;
    /** A directory with its contents. It may be somewhere else afterwards, within a subvolume. */
    readonly tree: string;
    /** Is made; it may hold keys, so it is for its owner alone. */
    readonly file: string;
    /** As truncate(1) takes it. Default: {@link rootSize}. */
    readonly size?: string;
    /** The tar file of the root `btrfs-tools`, for subvolumes. */
    readonly tools?: string;
}

/** Makes a raw image of a file system that has the contents of a tree, without mounting it. */
export async function makeFileSystem(recipe: FileSystemRecipe): Promise<void> {
    const { file, plan, size = rootSize } = recipe;
    await writeFile(file, '', { mode: 0o600 });
    await chmod(file, 0o600);
    await execa('truncate', ['--size', size, file]);
    await makers[plan.type](recipe);
}

const makers = Object.freeze({
    ext4: async ({ file, plan, tree }) => {
        await execa('mkfs.ext4', ['-q', ...named(plan, '-L', '-U'), '-d', tree, file]);
    },
    // The least that it makes has 300 MB.
    xfs: async ({ file, plan, tree }) => {
        const prototype = `${file}.prototype`;
        await writeFile(prototype, await xfsPrototype(tree));
        const { label, uuid } = plan;
        await execa('mkfs.xfs', [
            ...['-q', ...named(label === undefined ? {} : { label }, '-L', '')],
            ...(uuid === undefined ? [] : ['-m', `uuid=${uuid}`]),
            ...['-p', prototype, file],
        ]);
        await rm(prototype);
    },
    btrfs: async (recipe) => {
        const { file, plan, tree } = recipe;
        const options = ['-q', ...named(plan, '-L', '-U')];
        const { subvolumes = [] } = plan;
        if (subvolumes.length === 0) {
            await execa('mkfs.btrfs', [...options, '--rootdir', tree, file]);
            return;
        }
        const top = await withSubvolumes(recipe, subvolumes);
        const all = subvolumes.flatMap((name) => ['--subvol', `rw:${name}`]);
        const [program, ...words] = await newMkfs(recipe);
        await execa(program, [...words, ...options, '--rootdir', top, ...all, file]);
        await rm(`${file}.tools`, { recursive: true });
    },
} satisfies Readonly<Record<FileSystem, (recipe: FileSystemRecipe) => Promise<void>>>);

function named(
    { label, uuid }: Pick<FileSystemPlan, 'label' | 'uuid'>,
    labelOption: string,
    uuidOption: string,
): readonly string[] {
    return [
        ...(label === undefined ? [] : [labelOption, label]),
        ...(uuid === undefined ? [] : [uuidOption, uuid]),
    ];
}

/** A directory that has the tree where the plan wants it, and the other subvolumes as directories. */
async function withSubvolumes(
    { plan: { within }, tree }: FileSystemRecipe,
    subvolumes: readonly string[],
): Promise<string> {
    const top = within === undefined ? tree : `${tree}.top`;
    if (within !== undefined) {
        await mkdir(join(top, dirname(within)), { recursive: true });
        await rename(tree, join(top, within));
    }
    for (const name of subvolumes) {
        await mkdir(join(top, name), { recursive: true });
    }
    return top;
}

/** mkfs.btrfs makes subvolumes since 6.11, and Debian 12 has 6.2: that of Debian 13, with its libraries. */
async function newMkfs({ file, tools }: FileSystemRecipe): Promise<[string, ...string[]]> {
    if (tools === undefined) {
        throw new Error('a file system with subvolumes needs the root "btrfs-tools"');
    }
    const directory = `${file}.tools`;
    await mkdir(directory, { recursive: true });
    await execa('tar', ['--extract', '--file', tools, '--directory', directory, './usr']);
    const libraries = join(directory, 'usr/lib/x86_64-linux-gnu');
    const mkfs = join(directory, 'usr/sbin/mkfs.btrfs');
    return [join(libraries, 'ld-linux-x86-64.so.2'), '--library-path', libraries, mkfs];
}
