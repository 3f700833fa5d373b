import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import type { HostScript } from '../network/host-script.ts';
import type { DirectStart } from './arguments.ts';

/** What a scenario has otherwise than the boot server. */
export interface Changes {
    /** Makes another kernel command line of the one that iPXE would hand over. */
    readonly commandLine?: (line: string) => string;
    /** Leaves the host archive out, as an iPXE script does that was written by hand. */
    readonly withoutArchive?: boolean;
    /** A boot script in the place of the one in the initrd. */
    readonly bootScript?: string;
    /** Further files of the initramfs, by path, for root alone; what is there already is replaced. */
    readonly files?: Readonly<Record<string, string | Buffer>>;
    /** The same for what is to be run: `init`. */
    readonly programs?: Readonly<Record<string, string>>;
    /** What is in memory in the place of the initrds, one behind the other with what was changed. */
    readonly initrd?: (whole: Buffer) => Buffer;
}

/**
 * Starts a machine without firmware and iPXE, with the bytes that these would have put into its
 * memory: iPXE under BIOS lays the initrds one behind the other, and so does this. From the first
 * instruction of the kernel on, the machine runs the same code on the same data.
 *
 * @param file where to write the initrds; the host's key is in there.
 */
export async function directStart(
    { commandLine, initrds, kernel }: HostScript,
    file: string,
    changes: Changes = {},
): Promise<DirectStart> {
    const [base = '', ...archives] = initrds;
    const parts = [
        await readFile(base),
        ...(changes.withoutArchive === true
            ? []
            : await Promise.all(archives.map((path) => readFile(path)))),
    ];
    const changed = await changedFiles(changes, `${file}.tree`);
    const initrd = Buffer.concat([
        ...(changed.length > 0 ? parts.map(aligned) : parts),
        ...changed,
    ]);
    await writeFile(file, changes.initrd?.(initrd) ?? initrd, { mode: 0o600 });
    return {
        lane: 'direct',
        kernel,
        initrd: file,
        commandLine: changes.commandLine?.(commandLine) ?? commandLine,
    };
}

/** The kernel looks for the next archive at a multiple of 4; of a shared initrd that is so anyway. */
function aligned(part: Buffer): Buffer {
    return Buffer.concat([part, Buffer.alloc((4 - (part.length % 4)) % 4)]);
}

/**
 * An archive that comes last: the kernel unpacks archives in their order over each other.
 * update-initramfs would put the same bytes of a boot script at the same place: of a configuration
 * that differs in the cluster alone, nothing else in the initrd depends.
 */
async function changedFiles(
    { bootScript, files = {}, programs = {} }: Changes,
    tree: string,
): Promise<readonly Buffer[]> {
    const script = bootScript === undefined ? {} : { 'scripts/local-top/rbdboot': bootScript };
    const all = [
        ...Object.entries(files).map(([path, contents]) => ({ path, contents, mode: 0o600 })),
        ...Object.entries({ ...script, ...programs }).map(([path, contents]) => ({
            path,
            contents,
            mode: 0o755,
        })),
    ];
    if (all.length === 0) {
        return [];
    }
    for (const { path, contents, mode } of all) {
        await mkdir(join(tree, dirname(path)), { recursive: true });
        await writeFile(join(tree, path), contents, { mode });
    }
    const { stdout } = await execa(
        'sh',
        ['-c', 'find * | cpio --create --quiet --format=newc --owner=+0:+0'],
        { cwd: tree, encoding: 'buffer' },
    );
    return [Buffer.from(stdout)];
}
