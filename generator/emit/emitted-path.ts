import type { EmittedFile } from '../model/emitted-file.ts';

/** Whether others than the owner could not read a file of this mode, so that no one is to see it. */
export function isSecret(mode: number): boolean {
    return (mode & 0o077) === 0;
}

/**
 * Whether a path stays below the directory that it is joined to. What it says of symbolic links on
 * the way is nothing: see `resolve-path.ts`.
 */
export function isCleanPath(path: string): boolean {
    const names = path.split('/');
    return !path.includes('\0') && names.every((name) => !['', '.', '..'].includes(name));
}

/**
 * @throws Error on a path that is not clean or that two files share: both are faults of the caller.
 */
export function assertDistinctPaths(files: readonly EmittedFile[]): void {
    const seen = new Set<string>();
    for (const { path } of files) {
        if (!isCleanPath(path)) {
            throw new Error(`${JSON.stringify(path)} is no path inside a root`);
        }
        if (seen.has(path)) {
            throw new Error(`two files are to be written to ${path}`);
        }
        seen.add(path);
    }
}
