import { join } from 'node:path';
import { ValiError } from 'valibot';
import { type Diagnostic, failure, type Outcome } from '../diagnostics/diagnostic.ts';
import { type Disk, errorCode, ignoringDisk, unless } from './disk.ts';
import { acquireLock } from './lock.ts';
import { type Recovery, recover, removeDirectories } from './recover.ts';
import { resolveDirectory } from './resolve-path.ts';
import { NotTakenBackError } from './transaction.ts';

/** Where rbdboot keeps what it must remember of a root: relative to that root. */
export const defaultState = 'var/lib/rbdboot';

/** A root that is known to be one. */
export interface Workspace {
    readonly disk: Disk;
    /** Absolute, without symbolic links. */
    readonly root: string;
    /** The directory of state, relative to the root and without symbolic links. */
    readonly state: string;
    /** Those directories of the state's path that do not exist, outermost first. */
    readonly missing: readonly string[];
}

/** One in which no other run is at work and nothing is left over from an earlier one. */
export interface LockedWorkspace extends Workspace {
    readonly recovery: Recovery;
    /** Directories to remove after the lock, innermost first, if they are empty then. */
    readonly leave: string[];
}

/**
 * Locks a root, repairs what an interrupted run has left, and does `work`. Afterwards the lock is
 * gone, and so are the directories of state if nothing is in them.
 *
 * Errors of the disk become diagnostics; all others are faults of ours and pass.
 */
export function withLockedWorkspace<T>(
    disk: Disk,
    root: string,
    state: string,
    work: (workspace: LockedWorkspace) => Outcome<T>,
): Outcome<T> {
    return withWorkspace(disk, root, state, (workspace) => {
        const directory = join(workspace.root, workspace.state);
        const leave = [workspace.state, ...[...workspace.missing].reverse()];
        try {
            makeState(workspace);
            const lock = acquireLock(disk, directory);
            if (!lock.ok) {
                return lock;
            }
            try {
                const recovery = recover(disk, workspace.root, directory);
                return work({ ...workspace, recovery, leave });
            } finally {
                // A lock that cannot be removed does no harm: its process will be gone.
                ignoringDisk(lock.value);
            }
        } finally {
            ignoringDisk(() => removeDirectories(disk, workspace.root, leave));
        }
    });
}

/** The same for a look that changes nothing, and so takes no lock and repairs nothing. */
export function withWorkspace<T>(
    disk: Disk,
    root: string,
    state: string,
    work: (workspace: Workspace) => Outcome<T>,
): Outcome<T> {
    try {
        const real = unless(['ENOENT', 'ENOTDIR'], () => disk.realpathSync(root));
        if (real === undefined) {
            return failure(noRoot(root, 'there is no such directory'));
        }
        if (!disk.lstatSync(real).isDirectory()) {
            return failure(noRoot(root, 'it is not a directory'));
        }
        const resolved = resolveDirectory(disk, real, state);
        return resolved.ok
            ? work({
                  disk,
                  root: real,
                  state: resolved.value.path,
                  missing: resolved.value.missing,
              })
            : resolved;
    } catch (error) {
        return failure(diagnose(error, root));
    }
}

function makeState({ disk, root, state, missing }: Workspace): void {
    for (const path of missing) {
        // Another run may make them at the same moment.
        unless(['EEXIST'], () => disk.mkdirSync(join(root, path), { mode: 0o700 }));
        // Only the innermost is ours alone; what lies above it, as var/lib, is everyone's.
        unless(['ENOENT'], () => disk.chmodSync(join(root, path), path === state ? 0o700 : 0o755));
    }
}

function noRoot(root: string, reason: string): Diagnostic {
    return {
        code: 'RB301',
        severity: 'error',
        message: `cannot use ${root} as a root directory: ${reason}`,
        hint: 'make it first, or name another one',
    };
}

function diagnose(error: unknown, root: string): Diagnostic {
    if (error instanceof NotTakenBackError) {
        return {
            ...diagnose(error.cause, root),
            hint:
                `taking the other changes back failed too (${error.message}):` +
                ' cure the cause, then run the same command again, which does it first',
        };
    }
    if (error instanceof SyntaxError || error instanceof ValiError) {
        return {
            code: 'RB309',
            severity: 'error',
            message: `the record in ${join(root, defaultState)} is damaged: ${error.message}`,
            hint: 'bring it back from a backup of the root, or make the root anew',
        };
    }
    const code = errorCode(error);
    if (code === undefined || !(error instanceof Error)) {
        throw error;
    }
    const hint = hints[code];
    return {
        code: 'RB305',
        severity: 'error',
        message: `cannot write into ${root}: ${error.message}`,
        ...(hint === undefined ? {} : { hint }),
    };
}

const hints: Readonly<Record<string, string>> = {
    EACCES: 'run rbdboot as a user who may write there: nothing was changed',
    EPERM: 'run rbdboot as a user who may write there: nothing was changed',
    EROFS: 'mount it for writing: nothing was changed',
    ENOSPC: 'make room on the file system: nothing was changed',
};
