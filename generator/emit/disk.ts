import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';

/**
 * The file system calls that the writer makes, each of them one step of the kernel. They go through
 * this one object so that a test can stop the world after any of them.
 */
export type Disk = Pick<
    typeof fs,
    | 'closeSync'
    | 'fchmodSync'
    | 'fchownSync'
    | 'fsyncSync'
    | 'futimesSync'
    | 'chmodSync'
    | 'linkSync'
    | 'lstatSync'
    | 'mkdirSync'
    | 'openSync'
    | 'readFileSync'
    | 'readdirSync'
    | 'readlinkSync'
    | 'realpathSync'
    | 'renameSync'
    | 'rmdirSync'
    | 'symlinkSync'
    | 'unlinkSync'
    | 'writeSync'
> & {
    /** Everything of the file system that the path is on reaches the disk (syncfs(2)). */
    syncFileSystem(path: string): void;
};

export const realDisk: Disk = {
    ...fs,
    // Node.js does not have the call; sync(1) of coreutils does nothing else.
    syncFileSystem: (path: string) => {
        execFileSync('sync', ['--file-system', path]);
    },
};

/** The `code` of an error of a file system call: `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
    return error instanceof Error && 'code' in error && typeof error.code === 'string'
        ? error.code
        : undefined;
}

/** Runs `call`; an error with one of these codes gives `undefined`, any other is thrown on. */
export function unless<T>(codes: readonly string[], call: () => T): T | undefined {
    try {
        return call();
    } catch (error) {
        if (codes.includes(errorCode(error) ?? '')) {
            return undefined;
        }
        throw error;
    }
}

/** Runs `call`, for what is merely tidy; errors of the disk do not matter. */
export function ignoringDisk(call: () => void): void {
    try {
        call();
    } catch (error) {
        if (errorCode(error) === undefined) {
            throw error;
        }
    }
}

/** A rename or a new name is only safe from a power cut once its directory is on the disk. */
export function syncDirectory(disk: Disk, directory: string): void {
    const handle = disk.openSync(directory, 'r');
    try {
        disk.fsyncSync(handle);
    } finally {
        disk.closeSync(handle);
    }
}
