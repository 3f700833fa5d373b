import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type Disk, unless } from './disk.ts';

/** What stands, or is to stand, at a path. */
export type Content = FileContent | LinkContent;

export interface FileContent {
    readonly kind: 'file';
    readonly bytes: Buffer;
    /** Permission bits. */
    readonly mode: number;
    /** Whose it is and when it was changed, for a copy that must be faithful; else the caller's. */
    readonly attributes?: {
        readonly uid: number;
        readonly gid: number;
        /** Seconds since 1970. */
        readonly modified: number;
    };
}

export interface LinkContent {
    readonly kind: 'link';
    readonly to: string;
}

/** What was found at a path. `'other'`: a directory, a device or the like, never replaced. */
export type Found = Content | { readonly kind: 'other' } | { readonly kind: 'absent' };

export function observe(disk: Disk, path: string): Found {
    const stat = unless(['ENOENT', 'ENOTDIR'], () => disk.lstatSync(path));
    if (stat === undefined) {
        return { kind: 'absent' };
    }
    if (stat.isSymbolicLink()) {
        return { kind: 'link', to: disk.readlinkSync(path) };
    }
    if (!stat.isFile()) {
        return { kind: 'other' };
    }
    const attributes = { uid: stat.uid, gid: stat.gid, modified: stat.mtimeMs / 1000 };
    const mode = stat.mode & 0o7777;
    return { kind: 'file', bytes: disk.readFileSync(path), mode, attributes };
}

/**
 * Creates a new file and puts it on the disk. It belongs to its owner alone until it is complete:
 * a key is at no moment readable for others.
 *
 * @param sync `'later'`: the caller sees to it that it reaches the disk.
 */
export function createFile(
    disk: Disk,
    path: string,
    content: Content,
    sync: 'now' | 'later' = 'now',
): void {
    if (content.kind === 'link') {
        disk.symlinkSync(content.to, path);
        return;
    }
    const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
    const handle = disk.openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    try {
        for (let written = 0; written < content.bytes.length; ) {
            written += disk.writeSync(handle, content.bytes, written);
        }
        if (content.attributes !== undefined) {
            const { uid, gid, modified } = content.attributes;
            // Only root may give files away; for others the copy is theirs, like the original.
            unless(['EPERM'], () => disk.fchownSync(handle, uid, gid));
            disk.futimesSync(handle, modified, modified);
        }
        disk.fchmodSync(handle, content.mode);
        if (sync === 'now') {
            disk.fsyncSync(handle);
        }
    } finally {
        disk.closeSync(handle);
    }
}

export function sha256(bytes: Buffer | string): string {
    return createHash('sha256').update(bytes).digest('hex');
}
