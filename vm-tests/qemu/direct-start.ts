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
    readonly files?: Readonly<Record<string, string>>;
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
        ...(await changedFiles(changes, `${file}.tree`)),
    ];
    await writeFile(file, Buffer.concat(parts), { mode: 0o600 });
    return {
        lane: 'direct',
        kernel,
        initrd: file,
        commandLine: changes.commandLine?.(commandLine) ?? commandLine,
    };
}

/**
 * An archive that comes last: the kernel unpacks archives in their order over each other.
 * update-initramfs would put the same bytes of a boot script at the same place: of a configuration
 * that differs in the cluster alone, nothing else in the initrd depends.
 */
async function changedFiles(
    { bootScript, files = {} }: Changes,
    tree: string,
): Promise<readonly Buffer[]> {
    const all = {
        ...files,
        ...(bootScript === undefined ? {} : { 'scripts/local-top/rbdboot': bootScript }),
    };
    if (Object.keys(all).length === 0) {
        return [];
    }
    for (const [path, text] of Object.entries(all)) {
        await mkdir(join(tree, dirname(path)), { recursive: true });
        await writeFile(join(tree, path), text, { mode: 0o700 });
    }
    const { stdout } = await execa(
        'sh',
        ['-c', 'find . -mindepth 1 | cpio --create --quiet --format=newc --owner=+0:+0'],
        { cwd: tree, encoding: 'buffer' },
    );
    return [Buffer.from(stdout)];
}
