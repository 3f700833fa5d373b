import { join } from 'node:path';
import * as v from 'valibot';
import { type Disk, unless } from './disk.ts';
import { isCleanPath } from './emitted-path.ts';

const path = v.pipe(v.string(), v.check(isCleanPath));

const schema = v.strictObject({
    version: v.literal(1),
    files: v.array(
        v.strictObject({
            /** As it was emitted, before symbolic links were followed. */
            path,
            mode: v.number(),
            sha256: v.string(),
            /** Where the file that stood there before is kept, relative to the root. */
            saved: v.optional(path),
        }),
    ),
    /** Directories that rbdboot made, in the order in which it did. */
    directories: v.array(path),
    /** Saved files that nothing will bring back: edits of files of ours. */
    kept: v.array(path),
});

/** What rbdboot has written into a root, and what it needs to know to take it back. */
export type Manifest = v.InferOutput<typeof schema>;

export type ManifestFile = Manifest['files'][number];

export const emptyManifest: Manifest = Object.freeze({
    version: 1,
    files: [],
    directories: [],
    kept: [],
});

/** The name of the manifest in the directory of state. */
export const manifestName = 'installed.json';

/**
 * @param state absolute path of the directory of state; it need not exist.
 * @throws SyntaxError or ValiError if the file is damaged.
 */
export function readManifest(disk: Disk, state: string): Manifest | undefined {
    const text = unless(['ENOENT'], () => disk.readFileSync(join(state, manifestName), 'utf8'));
    return text === undefined ? undefined : v.parse(schema, JSON.parse(text));
}

export function printManifest(manifest: Manifest): string {
    return `${JSON.stringify(manifest, null, 4)}\n`;
}
