import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { type Content, createFile, sha256 } from './content.ts';
import { type Disk, ignoringDisk, unless } from './disk.ts';
import { type Journal, writeJournal } from './journal.ts';
import { finish, type Recovery, recover, syncDirectories } from './recover.ts';

/** One path that a run changes. */
export interface Change {
    /** Relative to the root, resolved: see `resolve-path.ts`. */
    readonly target: string;
    /** What is to stand there; nothing if it is to go. */
    readonly content: Content | undefined;
}

export interface Transaction {
    readonly changes: readonly Change[];
    /** Directories to make, outermost first, with their permission bits. */
    readonly make: readonly { readonly path: string; readonly mode: number }[];
    /** Directories to remove at the end if they are empty then, innermost first. */
    readonly drop: readonly string[];
}

/**
 * Makes all changes or none.
 *
 * The order: the journal; the new files beside the old ones, under names of their own; second names
 * for the old files; then one rename per file. Each file is the old or the new one at every moment,
 * and from the moment in which the journal says `finish` all of them are the new ones. Until then
 * an error takes everything back; after a kill or a power cut, `recover` does, in the next run.
 *
 * The caller holds the lock, and no earlier journal is left.
 *
 * @param state absolute path of the directory of the journal; it exists.
 * @throws the error that stopped it, with the tree as it was before; or, if the disk refuses that
 * too, with the journal still in place.
 */
export function commit(disk: Disk, root: string, state: string, transaction: Transaction): void {
    const journal = plan(disk, root, transaction);
    let complete = false;
    try {
        writeJournal(disk, state, journal);
        perform(disk, root, transaction, journal);
        writeJournal(disk, state, { ...journal, phase: 'finish' });
        complete = true;
        finish(disk, root, state, journal);
    } catch (error) {
        if (complete) {
            // Only the clearing up went wrong. If it does so again, the next run does it.
            ignoringDisk(() => recover(disk, root, state));
        } else {
            takeBack(disk, root, state, error);
        }
    }
}

/** Or goes forward, if the journal reached the disk with its last word before the error came. */
function takeBack(disk: Disk, root: string, state: string, reason: unknown): void {
    let recovery: Recovery;
    try {
        recovery = recover(disk, root, state);
    } catch (error) {
        throw new NotTakenBackError(error, { cause: reason });
    }
    if (recovery !== 'finished') {
        throw reason;
    }
}

/** The disk refused a change, then refused to take the others back. The next run tries again. */
export class NotTakenBackError extends Error {
    override readonly name = 'NotTakenBackError';

    constructor(second: unknown, options: { readonly cause: unknown }) {
        super(second instanceof Error ? second.message : String(second), options);
    }
}

function plan(disk: Disk, root: string, transaction: Transaction): Journal {
    return {
        phase: 'undo',
        make: transaction.make.map(({ path }) => path),
        drop: [...transaction.drop],
        changes: transaction.changes.map(({ target, content }) => {
            const name = `.${basename(target)}.${randomBytes(4).toString('hex')}`;
            const beside = join(dirname(target), name);
            const exists = unless(['ENOENT'], () => disk.lstatSync(join(root, target)));
            return {
                target,
                ...(content && { staged: `${beside}.new`, sha256: digest(content) }),
                ...(exists && { backup: `${beside}.old` }),
            };
        }),
    };
}

function digest(content: Content): string {
    return sha256(content.kind === 'file' ? content.bytes : content.to);
}

function perform(disk: Disk, root: string, { changes, make }: Transaction, journal: Journal): void {
    for (const { path, mode } of make) {
        disk.mkdirSync(join(root, path), { mode: 0o700 });
        // Past the umask: a directory of a chroot must be open to those who use the chroot.
        disk.chmodSync(join(root, path), mode);
    }
    // One by one, thousands of files take the disk a minute; all at once, a second.
    const many = journal.changes.length > 100;
    const sync = (): void =>
        many ? disk.syncFileSystem(root) : syncDirectories(disk, root, journal);
    for (const [index, { staged }] of journal.changes.entries()) {
        const content = changes[index]?.content;
        if (staged !== undefined && content !== undefined) {
            createFile(disk, join(root, staged), content, many ? 'later' : 'now');
        }
    }
    for (const { target, backup } of journal.changes) {
        if (backup !== undefined) {
            disk.linkSync(join(root, target), join(root, backup));
        }
    }
    sync();
    for (const { target, staged } of journal.changes) {
        if (staged === undefined) {
            disk.unlinkSync(join(root, target));
        } else {
            disk.renameSync(join(root, staged), join(root, target));
        }
    }
    sync();
}
