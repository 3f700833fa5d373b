import { join } from 'node:path';
import { createFile, type FileContent, type Found, observe } from './content.ts';
import { type Disk, realDisk, unless } from './disk.ts';

/** A kernel and the initrd that was made for it, and the permission bits of a new initrd. */
export interface BootFiles {
    readonly kernel: Buffer;
    readonly initrd: Buffer;
    readonly initrdMode: number;
}

/** What a boot server has of a host, or of all: in the order in which iPXE asks for them. */
const names = ['vmlinuz', 'initrd.img'] as const;

/**
 * Puts a kernel and its initrd into a directory of a boot server as `vmlinuz` and `initrd.img`, and
 * keeps those that were there as `vmlinuz.old` and `initrd.img.old`, always as a pair. Each name
 * leads to a whole file at every moment. With the files that are there already, nothing changes.
 *
 * A run that was killed is finished or undone by the next one, so that the kept pair is one that
 * was served. The mode and the group of a file that is there stay.
 *
 * @returns whether anything changed.
 * @throws Error of the file system; everything is as it was then, or the next run completes it.
 */
export function publishBootFiles(
    directory: string,
    files: BootFiles,
    disk: Disk = realDisk,
): boolean {
    const at = (name: string) => join(directory, name);
    finishInterrupted(directory, disk);
    const wanted = [
        { name: names[0], bytes: files.kernel, mode: 0o644 },
        { name: names[1], bytes: files.initrd, mode: files.initrdMode },
    ].map((file) => ({ ...file, found: observe(disk, at(file.name)) }));
    if (wanted.every(({ bytes, found }) => found.kind === 'file' && found.bytes.equals(bytes))) {
        return false;
    }
    for (const { name, bytes, mode, found } of wanted) {
        createFile(disk, at(`${name}.new`), contentLike(found, bytes, mode));
    }
    // A pair is kept whole: half of one boots nothing.
    if (wanted.every(({ found }) => found.kind === 'file')) {
        for (const { name } of wanted) {
            disk.linkSync(at(name), at(`${name}.old.new`));
            disk.renameSync(at(`${name}.old.new`), at(`${name}.old`));
            // Of two names of one file, which a killed run leaves, rename(2) removes none.
            unless(['ENOENT'], () => disk.unlinkSync(at(`${name}.old.new`)));
        }
    }
    for (const { name } of wanted) {
        disk.renameSync(at(`${name}.new`), at(name));
    }
    disk.syncFileSystem(directory);
    return true;
}

/**
 * The first of the new files is made first and renamed first: where it is gone and the second is
 * there, a run was killed between the two, and the second follows. Any other new file is half of
 * something, and goes.
 */
function finishInterrupted(directory: string, disk: Disk): void {
    const at = (name: string) => join(directory, name);
    const [first, second] = names;
    const present = (name: string) => observe(disk, at(name)).kind !== 'absent';
    if (!present(`${first}.new`) && present(`${second}.new`)) {
        disk.renameSync(at(`${second}.new`), at(second));
    }
    for (const name of names.flatMap((one) => [`${one}.new`, `${one}.old.new`])) {
        unless(['ENOENT'], () => disk.unlinkSync(at(name)));
    }
}

function contentLike(found: Found, bytes: Buffer, mode: number): FileContent {
    if (found.kind !== 'file' || found.attributes === undefined) {
        return { kind: 'file', bytes, mode };
    }
    const { uid, gid } = found.attributes;
    const attributes = { uid, gid, modified: Date.now() / 1000 };
    return { kind: 'file', bytes, mode: found.mode, attributes };
}
