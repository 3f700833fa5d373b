import {
    closeSync,
    fchmodSync,
    fchownSync,
    fsyncSync,
    openSync,
    readFileSync,
    realpathSync,
    renameSync,
    statSync,
    unlinkSync,
    writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Diagnostic, failure, type Outcome, success } from '../diagnostics/diagnostic.ts';

/**
 * Puts another text into a file that a person wrote: all of it or nothing, with the mode and the
 * owner that it has. A symbolic link stays one, and what it leads to changes.
 *
 * @param before what the file held when the change was made; if it holds something else by now, it
 * is left alone.
 */
export function writeConfiguration(file: string, before: Buffer, after: string): Outcome<void> {
    const target = realpathSync(file);
    if (!readFileSync(target).equals(before)) {
        return failure(cannotWrite(file, 'somebody else has just changed it'));
    }
    const temporary = join(dirname(target), `.${basename(target)}.rbdboot-${process.pid}`);
    try {
        fill(temporary, after, target);
        renameSync(temporary, target);
        syncDirectory(dirname(target));
        return success(undefined);
    } catch (error) {
        removeIfThere(temporary);
        return failure(cannotWrite(file, error instanceof Error ? error.message : String(error)));
    }
}

function fill(temporary: string, text: string, like: string): void {
    const { mode, uid, gid } = statSync(like);
    // Exclusive: a link that somebody put there is not followed.
    const descriptor = openSync(temporary, 'wx', 0o600);
    try {
        writeFileSync(descriptor, text);
        if (process.getuid?.() === 0) {
            fchownSync(descriptor, uid, gid);
        }
        fchmodSync(descriptor, mode & 0o7777);
        fsyncSync(descriptor);
    } finally {
        closeSync(descriptor);
    }
}

function syncDirectory(directory: string): void {
    const descriptor = openSync(directory, 'r');
    try {
        fsyncSync(descriptor);
    } finally {
        closeSync(descriptor);
    }
}

function removeIfThere(file: string): void {
    try {
        unlinkSync(file);
    } catch {
        // It was not made, or is renamed already.
    }
}

function cannotWrite(file: string, reason: string): Diagnostic {
    return {
        code: 'RB305',
        severity: 'error',
        message: `cannot write ${file}: ${reason}`,
        hint: 'nothing was changed',
    };
}
