import { chmod, copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { staticBusybox } from '../programs.ts';
import { type DiskPlan, makeDisk } from './disk.ts';
import { type FileSystemPlan, makeFileSystem } from './file-system.ts';

/** The tag that the scenarios look for a root by. */
export const rootLabel = 'system';

/** A small root as a raw image. */
interface SmallRootPlan {
    readonly fileSystem: FileSystemPlan;
    readonly size: string;
    /** Absent: the file system is the whole image. */
    readonly disk?: DiskPlan;
    readonly withoutInit?: true;
}

const ext4 = { type: 'ext4', label: rootLabel } as const;
const btrfs = { type: 'btrfs', label: rootLabel } as const;

const plans = Object.freeze({
    ext4: { fileSystem: ext4, size: '64M' },
    'ext4-without-init': { fileSystem: ext4, size: '64M', withoutInit: true },
    xfs: { fileSystem: { type: 'xfs', label: rootLabel }, size: '320M' },
    btrfs: { fileSystem: btrfs, size: '256M' },
    subvolume: { fileSystem: { ...btrfs, subvolumes: ['@'], within: '@' }, size: '256M' },
    /** Two partitions, of which the second one has the root. */
    disk: {
        fileSystem: ext4,
        size: '48M',
        disk: { table: 'gpt', number: 2, uuid: '5b1d3ca4-7c1e-4d55-9d2f-000000000002' },
    },
} satisfies Readonly<Record<string, SmallRootPlan>>);

/** How a small root is made into a raw image. */
export type SmallRootKind = keyof typeof plans;

/** What a small root has besides what it is started with. */
export interface SmallRootContents {
    /** What it looks for in what the initramfs has left; only root can read it there. */
    readonly secrets?: readonly string[];
    /** What stands in a file of it, for whoever looks for that in the cluster. */
    readonly canary?: string;
    /** The tar file of the root `btrfs-tools`, for the kind `subvolume`. */
    readonly tools?: string;
}

const directories = [
    ...['bin', 'sbin', 'lib', 'dev', 'etc', 'proc', 'sys', 'run', 'root', 'tmp', 'records'],
];
const init = fileURLToPath(new URL('../guest/small-init.sh', import.meta.url));

/**
 * Makes a raw image with the least that can be started: busybox, and an init that says where it is
 * (`guest/small-init.sh`). It takes a second.
 *
 * @param scratch a directory that is not there yet.
 * @param further files to put into it, by path: where they are here. Default: none.
 */
export async function smallRoot(
    kind: SmallRootKind,
    scratch: string,
    further: Readonly<Record<string, string>> = {},
    { canary, secrets, tools }: SmallRootContents = {},
): Promise<string> {
    const plan: SmallRootPlan = plans[kind];
    const tree = join(scratch, 'tree');
    for (const directory of directories) {
        await mkdir(join(tree, directory), { recursive: true });
    }
    await copyFile(staticBusybox, join(tree, 'bin/busybox'));
    if (plan.withoutInit !== true) {
        await copyFile(init, join(tree, 'sbin/init'));
        await chmod(join(tree, 'sbin/init'), 0o755);
    }
    for (const [path, from] of Object.entries(further)) {
        await mkdir(join(tree, dirname(path)), { recursive: true });
        await copyFile(from, join(tree, path));
    }
    if (secrets !== undefined) {
        const lines = secrets.map((secret) => `${secret}\n`);
        await writeFile(join(tree, 'secrets'), lines.join(''), { mode: 0o600 });
    }
    if (canary !== undefined) {
        await writeFile(join(tree, 'canary'), `${canary}\n`.repeat(1000));
    }
    const file = join(scratch, `${kind}.img`);
    await makeFileSystem({
        plan: plan.fileSystem,
        tree,
        file,
        size: plan.size,
        ...(tools === undefined ? {} : { tools }),
    });
    if (plan.disk !== undefined) {
        const contents = `${file}.contents`;
        await rename(file, contents);
        await makeDisk(plan.disk, contents, file, [await bootPartition(scratch)]);
    }
    return file;
}

/** What stands in front of the root, with a label of its own. */
async function bootPartition(scratch: string): Promise<string> {
    const tree = join(scratch, 'boot');
    await mkdir(tree);
    const file = `${tree}.img`;
    await makeFileSystem({ plan: { type: 'ext4', label: 'boot' }, tree, file, size: '8M' });
    await rm(tree, { recursive: true });
    return file;
}
