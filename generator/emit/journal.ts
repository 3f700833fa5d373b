import { constants } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { type Disk, syncDirectory, unless } from './disk.ts';
import { isCleanPath } from './emitted-path.ts';

const path = v.pipe(v.string(), v.check(isCleanPath));

const schema = v.strictObject({
    /** `'undo'`: an interrupted run is taken back. `'finish'`: it is complete but for clearing up. */
    phase: v.picklist(['undo', 'finish']),
    /** Directories that the run makes, outermost first. */
    make: v.array(path),
    /** Directories that it removes at its end if they are empty, innermost first. */
    drop: v.array(path),
    changes: v.array(
        v.strictObject({
            target: path,
            /** Where the new content waits; none if the target is to go. */
            staged: v.optional(path),
            /** A second name of the old file; none if there was no file. */
            backup: v.optional(path),
            /** Of the new content, to know it again. */
            sha256: v.optional(v.string()),
        }),
    ),
});

/**
 * What a run is about to do, on the disk before it does any of it. All paths are relative to the
 * root.
 */
export type Journal = v.InferOutput<typeof schema>;

const name = 'journal.json';

/** @throws SyntaxError or ValiError if the file is damaged. */
export function readJournal(disk: Disk, state: string): Journal | undefined {
    const text = unless(['ENOENT'], () => disk.readFileSync(join(state, name), 'utf8'));
    return text === undefined ? undefined : v.parse(schema, JSON.parse(text));
}

/** Puts the journal on the disk, whole: what was there before stays until it is. */
export function writeJournal(disk: Disk, state: string, journal: Journal): void {
    const draft = join(state, `${name}.new`);
    const { O_WRONLY, O_CREAT, O_TRUNC } = constants;
    const handle = disk.openSync(draft, O_WRONLY | O_CREAT | O_TRUNC, 0o600);
    try {
        const bytes = Buffer.from(JSON.stringify(journal));
        for (let written = 0; written < bytes.length; ) {
            written += disk.writeSync(handle, bytes, written);
        }
        disk.fsyncSync(handle);
    } finally {
        disk.closeSync(handle);
    }
    disk.renameSync(draft, join(state, name));
    syncDirectory(disk, state);
}

export function removeJournal(disk: Disk, state: string): void {
    unless(['ENOENT'], () => disk.unlinkSync(join(state, `${name}.new`)));
    unless(['ENOENT'], () => disk.unlinkSync(join(state, name)));
    syncDirectory(disk, state);
}
