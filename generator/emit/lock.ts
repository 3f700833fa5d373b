import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import * as v from 'valibot';
import { type Diagnostic, failure, type Outcome, success } from '../diagnostics/diagnostic.ts';
import { createFile } from './content.ts';
import { type Disk, ignoringDisk, unless } from './disk.ts';
import { identifySelf, isGone, type ProcessIdentity } from './process-identity.ts';

const schema = v.object({
    pid: v.number(),
    host: v.string(),
    boot: v.string(),
    namespace: v.string(),
    started: v.string(),
});

/**
 * Keeps other runs of rbdboot away from a root. The lock of a process that is gone is taken over.
 *
 * The lock appears by link(2) with its contents complete, so no one ever sees an empty one.
 *
 * @param state absolute path of the directory of the lock; it exists.
 * @returns the function that releases the lock.
 */
export function acquireLock(disk: Disk, state: string): Outcome<() => void> {
    const lock = join(state, 'lock');
    const draft = uniqueName(lock);
    const bytes = Buffer.from(JSON.stringify(identifySelf()));
    try {
        // A run that ends removes the directory if nothing is installed: then it is gone by now.
        const made = unless(['ENOENT'], () => {
            createFile(disk, draft, { kind: 'file', bytes, mode: 0o644 });
            return true;
        });
        if (made === undefined) {
            return failure(held(lock, undefined));
        }
        if (!tryLink(disk, draft, lock)) {
            const holder = readHolder(disk, lock);
            if (holder !== undefined && !isGone(holder)) {
                return failure(held(lock, holder));
            }
            setAside(disk, lock);
            if (!tryLink(disk, draft, lock)) {
                return failure(held(lock, readHolder(disk, lock)));
            }
        }
    } finally {
        ignoringDisk(() => disk.unlinkSync(draft));
    }
    removeDrafts(disk, state);
    return success(() => {
        unless(['ENOENT'], () => disk.unlinkSync(lock));
    });
}

/**
 * Removes what runs have left that were killed in this function. A run that is in it right now may
 * lose its draft too: then it finds the lock taken, which is the truth.
 */
function removeDrafts(disk: Disk, state: string): void {
    for (const name of disk.readdirSync(state).filter((one) => one.startsWith('lock.'))) {
        const holder = readHolder(disk, join(state, name));
        if (holder === undefined || isGone(holder)) {
            unless(['ENOENT'], () => disk.unlinkSync(join(state, name)));
        }
    }
}

function tryLink(disk: Disk, from: string, to: string): boolean {
    return (
        unless(['EEXIST', 'ENOENT'], () => {
            disk.linkSync(from, to);
            return true;
        }) ?? false
    );
}

/**
 * Removes a lock whose holder is gone. Between the look and the removal another run may have done
 * the same and taken the lock: what was moved away is looked at again and, if alive, put back.
 */
function setAside(disk: Disk, lock: string): void {
    const aside = uniqueName(lock);
    unless(['ENOENT'], () => disk.renameSync(lock, aside));
    const holder = readHolder(disk, aside);
    if (holder !== undefined && !isGone(holder)) {
        tryLink(disk, aside, lock);
    }
    unless(['ENOENT'], () => disk.unlinkSync(aside));
}

/** `undefined` also if the file makes no sense, which only a power cut can leave. */
function readHolder(disk: Disk, lock: string): ProcessIdentity | undefined {
    const text = unless(['ENOENT'], () => disk.readFileSync(lock, 'utf8')) ?? '';
    try {
        return v.parse(schema, JSON.parse(text));
    } catch {
        return undefined;
    }
}

function uniqueName(lock: string): string {
    return `${lock}.${randomBytes(4).toString('hex')}`;
}

function held(lock: string, holder: ProcessIdentity | undefined): Diagnostic {
    const who = holder === undefined ? '' : ` (process ${holder.pid} on ${holder.host})`;
    return {
        code: 'RB308',
        severity: 'error',
        message: `another rbdboot${who} is at work in this root`,
        hint: `wait for it; if it is certainly gone, remove ${lock}`,
    };
}
