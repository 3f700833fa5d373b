/** A file or directory of an archive. */
export interface ArchiveEntry {
    /** Without a leading `/`. Directories come before what is in them. */
    readonly path: string;
    /** Type and permission bits (stat(2)): `0o040755` for a directory, `0o100600` for a file. */
    readonly mode: number;
    /** Empty for a directory. */
    readonly text: string;
}

/**
 * Writes a cpio archive in the form that the kernel unpacks as an initramfs: "newc", magic 070701
 * (Documentation/driver-api/early-userspace/buffer-format.rst). Owner, time and inode are fixed, so
 * the same entries give the same bytes.
 *
 * @returns bytes whose number is a multiple of 4, as what follows in an initramfs has to start there.
 */
export function newcArchive(entries: readonly ArchiveEntry[]): Buffer {
    const trailer: ArchiveEntry = { path: 'TRAILER!!!', mode: 0, text: '' };
    const members = [...entries, trailer].map(({ path, mode, text }, index) => {
        const content = Buffer.from(text, 'utf8');
        const name = Buffer.from(`${path}\0`, 'utf8');
        const last = index === entries.length;
        const fields = [
            last ? 0 : index + 1, // inode
            mode,
            0, // uid
            0, // gid
            1, // links
            0, // modification time
            content.length,
            0, // device, major and minor
            0,
            0, // device of a device node, major and minor
            0,
            name.length,
            0, // checksum, which newc does not have
        ];
        const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`;
        return Buffer.concat([padded(Buffer.concat([Buffer.from(header), name])), padded(content)]);
    });
    return Buffer.concat(members);
}

function padded(bytes: Buffer): Buffer {
    return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}
