import { dirname, join } from 'node:path';
import { observe, sha256 } from './content.ts';
import { type Disk, syncDirectory, unless } from './disk.ts';
import { type Journal, readJournal, removeJournal } from './journal.ts';

/** What became of an interrupted run. */
export type Recovery = 'undone' | 'finished' | 'none';

/**
 * Takes back what an interrupted run has changed, or clears up behind it if it was complete. May be
 * interrupted and run again itself, any number of times.
 *
 * @throws the errors of the disk, with the journal still in place.
 */
export function recover(disk: Disk, root: string, state: string): Recovery {
    const journal = readJournal(disk, state);
    if (journal === undefined) {
        removeJournal(disk, state);
        return 'none';
    }
    if (journal.phase === 'finish') {
        finish(disk, root, state, journal);
        return 'finished';
    }
    undo(disk, root, state, journal);
    return 'undone';
}

/** Removes the old files' second names and what directories are no longer needed. */
export function finish(disk: Disk, root: string, state: string, journal: Journal): void {
    for (const { backup } of journal.changes) {
        if (backup !== undefined) {
            unless(['ENOENT'], () => disk.unlinkSync(join(root, backup)));
        }
    }
    removeDirectories(disk, root, journal.drop);
    removeJournal(disk, state);
}

function undo(disk: Disk, root: string, state: string, journal: Journal): void {
    for (const change of [...journal.changes].reverse()) {
        if (change.backup === undefined) {
            removeIfOurs(disk, root, change);
        } else {
            putBack(disk, join(root, change.target), join(root, change.backup));
        }
        const { staged } = change;
        if (staged !== undefined) {
            unless(['ENOENT', 'ENOTDIR'], () => disk.unlinkSync(join(root, staged)));
        }
    }
    removeDirectories(disk, root, [...journal.make].reverse());
    syncDirectories(disk, root, journal);
    removeJournal(disk, state);
}

function putBack(disk: Disk, target: string, backup: string): void {
    const old = unless(['ENOENT', 'ENOTDIR'], () => disk.lstatSync(backup));
    if (old === undefined) {
        return;
    }
    const now = unless(['ENOENT'], () => disk.lstatSync(target));
    // rename(2) does nothing if both are names of one file, so the second name would stay.
    if (now !== undefined && now.ino === old.ino && now.dev === old.dev) {
        disk.unlinkSync(backup);
    } else {
        disk.renameSync(backup, target);
    }
}

/** There was no file. If there is one now and it is what we were writing, we wrote it. */
function removeIfOurs(disk: Disk, root: string, change: Journal['changes'][number]): void {
    const target = join(root, change.target);
    const found = observe(disk, target);
    const digest =
        found.kind === 'file'
            ? sha256(found.bytes)
            : found.kind === 'link'
              ? sha256(found.to)
              : undefined;
    if (digest !== undefined && digest === change.sha256) {
        disk.unlinkSync(target);
    }
}

/** Removes those of the directories that are empty, in this order. */
export function removeDirectories(disk: Disk, root: string, paths: readonly string[]): void {
    for (const path of paths) {
        unless(['ENOENT', 'ENOTEMPTY', 'ENOTDIR', 'EEXIST', 'EBUSY'], () =>
            disk.rmdirSync(join(root, path)),
        );
    }
}

/** Makes the renames and removals of a run safe from a power cut. */
export function syncDirectories(disk: Disk, root: string, { changes }: Journal): void {
    const directories = new Set(changes.map(({ target }) => dirname(join(root, target))));
    for (const directory of directories) {
        unless(['ENOENT'], () => syncDirectory(disk, directory));
    }
}
