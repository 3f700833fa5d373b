import type { ClientName } from './names.ts';
import { accepted, type Parsed, refused } from './parsed.ts';

/** A directory of CephFS that is `/boot` of one machine, and that its boot server reads. */
export interface BootDirectory {
    /** The name of the file system, as `ceph fs ls` prints it. */
    readonly fileSystem: string;
    /** From the root of the file system, without a final slash: `/hosts/desk1`. */
    readonly path: string;
    /** The CephX user that mounts it. */
    readonly client: ClientName;
    /** Absolute path, on the machine that runs rbdboot, of the keyring with that user's key. */
    readonly keyring: string;
}

/** Reads the name of a CephFS file system. It stands in mount options and in URLs. */
export function parseFileSystemName(text: string): Parsed<string> {
    return /^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(text)
        ? accepted(text)
        : refused('the name of a file system has letters, digits, ".", "_" and "-"');
}

/**
 * Reads the path of a directory in a file system. It stands in a unit of systemd, where `%` has a
 * meaning, and in URLs, so it has plain characters alone.
 */
export function parseDirectoryPath(text: string): Parsed<string> {
    const path = text.replace(/\/+$/, '');
    const names = path.split('/').slice(1);
    if (!text.startsWith('/')) {
        return refused('a path begins at the root of the file system: "/hosts/desk1"');
    }
    if (names.length === 0) {
        return refused('each machine has a directory of its own: "/hosts/desk1"');
    }
    if (!names.every((name) => /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name))) {
        return refused(
            'each part of a path begins with a letter, a digit or "_", and has these, "." and "-"',
        );
    }
    return accepted(path);
}
