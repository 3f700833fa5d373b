import { chmod, copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

/** The tag that the scenarios look for a root by, and another one. */
export const rootLabel = 'system';

/** How a small root is made into a raw image. */
export type SmallRootKind = keyof typeof makers;

const directories = [
    ...['bin', 'sbin', 'lib', 'lib64', 'dev', 'proc', 'sys', 'run', 'root', 'tmp', 'records'],
];

const makers = Object.freeze({
    ext4: async (tree: string, file: string) => {
        await execa('truncate', ['--size', '64M', file]);
        await execa('mkfs.ext4', ['-q', '-F', '-L', rootLabel, '-d', tree, file]);
    },
    'ext4-without-init': async (tree: string, file: string) => {
        await execa('rm', [join(tree, 'sbin/init')]);
        await makers.ext4(tree, file);
    },
    // The least that mkfs.xfs makes has 300 MB.
    xfs: async (tree: string, file: string) => {
        const prototype = `${file}.prototype`;
        const lines = ['/dev/null', '0 0', 'd--755 0 0', ...(await prototypeOf(tree)), '$'];
        await writeFile(prototype, `${lines.join('\n')}\n`);
        await execa('truncate', ['--size', '320M', file]);
        await execa('mkfs.xfs', ['-q', '-L', rootLabel, '-p', prototype, file]);
    },
    // With the program that makes subvolumes: mkfs.btrfs of Debian 12 makes none.
    btrfs: async (tree: string, file: string) => {
        await copyProgram('btrfs', tree);
        await execa('truncate', ['--size', '256M', file]);
        await execa('mkfs.btrfs', ['-q', '-L', rootLabel, '--rootdir', tree, file]);
    },
    /** Two partitions, of which the second one has the root. */
    disk: async (tree: string, file: string) => {
        const [boot, root] = [
            { start: 2048, size: 16384 },
            { start: 20480, size: 98304 },
        ];
        await execa('truncate', ['--size', '64M', file]);
        const uuid = (number: number) => `5b1d3ca4-7c1e-4d55-9d2f-00000000000${number}`;
        await execa('sfdisk', ['--quiet', file], {
            input: [
                'label: gpt',
                ...[boot, root].map(
                    ({ start, size }, index) =>
                        `start=${start}, size=${size}, type=L, uuid=${uuid(index + 1)}`,
                ),
                '',
            ].join('\n'),
        });
        const make = (label: string, { start, size }: typeof boot, ...more: readonly string[]) =>
            execa('mkfs.ext4', [
                ...['-q', '-F', '-L', label, '-E', `offset=${start * 512}`, ...more],
                ...[file, `${size / 2}k`],
            ]);
        await make('boot', boot);
        await make(rootLabel, root, '-d', tree);
    },
} satisfies Readonly<Record<string, (tree: string, file: string) => Promise<void>>>);

/**
 * Makes a raw image with the least that can be started: busybox, and an init that says where it is.
 * It takes a second.
 *
 * @param scratch a directory that is not there yet.
 * @param further files to put into it, by path: where they are here. Default: none.
 */
export async function smallRoot(
    kind: SmallRootKind,
    scratch: string,
    further: Readonly<Record<string, string>> = {},
): Promise<string> {
    const tree = join(scratch, 'tree');
    for (const directory of directories) {
        await mkdir(join(tree, directory), { recursive: true });
    }
    const { stdout: busybox } = await execa('sh', ['-c', 'command -v busybox']);
    await copyFile(busybox, join(tree, 'bin/busybox'));
    const init = fileURLToPath(new URL('../guest/small-init.sh', import.meta.url));
    await copyFile(init, join(tree, 'sbin/init'));
    await chmod(join(tree, 'sbin/init'), 0o755);
    for (const [path, from] of Object.entries(further)) {
        await mkdir(join(tree, dirname(path)), { recursive: true });
        await copyFile(from, join(tree, path));
    }
    const file = join(scratch, `${kind}.img`);
    await makers[kind](tree, file);
    return file;
}

/** A program of this machine with its libraries, at the paths where it looks for them. */
async function copyProgram(name: string, tree: string): Promise<void> {
    const { stdout: path } = await execa('sh', ['-c', 'command -v "$1"', 'sh', name]);
    const { stdout: libraries } = await execa('ldd', [path]);
    await copyFile(path, join(tree, 'bin', name));
    for (const [library] of libraries.matchAll(/\/\S+/g)) {
        await mkdir(join(tree, dirname(library)), { recursive: true });
        await copyFile(library, join(tree, library));
    }
}

/** The entries of a directory as mkfs.xfs(8) reads them, "PROTOTYPE FILE". */
async function prototypeOf(directory: string): Promise<readonly string[]> {
    const entries = await readdir(directory, { withFileTypes: true });
    const lines = await Promise.all(
        entries.map(async (entry) => {
            const path = join(directory, entry.name);
            return entry.isDirectory()
                ? [`${entry.name} d--755 0 0`, ...(await prototypeOf(path)), '$']
                : [`${entry.name} ---755 0 0 ${path}`];
        }),
    );
    return lines.flat();
}
