import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { buildDirectory, projectDirectory } from '../build-directory.ts';
import { findLeaks, redact } from '../canary.ts';
import { filesIn } from '../files-in.ts';

/** Directories of this computer, and what is written in their place. The longer ones come first. */
function places(): readonly (readonly [string, string])[] {
    return (
        [
            [buildDirectory().root, 'BUILD'],
            [projectDirectory, 'CHECKOUT'],
            [homedir(), 'HOME'],
        ] as const
    ).toSorted(([one], [other]) => other.length - one.length);
}

/** Files in which positions count. */
const binary = /\.(?:pcap|png|raw)$/;

/**
 * Strikes the keys out of every file of a directory, and names of this computer's directories out of
 * those that are text.
 *
 * @throws Error if a key is found afterwards: then the directory is not to be handed on.
 */
export async function redactDirectory(directory: string, keys: readonly string[]): Promise<void> {
    for (const [file, contents] of Object.entries(await filesIn(directory))) {
        const struck = redact(contents, keys);
        await writeFile(join(directory, file), binary.test(file) ? struck : withoutPlaces(struck));
    }
    const [leak] = findLeaks(await filesIn(directory), keys);
    if (leak !== undefined) {
        throw new Error(`${leak.file} of the bundle still has a key in it (${leak.form})`);
    }
}

function withoutPlaces(contents: Buffer): Buffer {
    const text = places().reduce(
        (rest, [place, name]) => (place.length < 2 ? rest : rest.replaceAll(place, name)),
        contents.toString('latin1'),
    );
    return Buffer.from(text, 'latin1');
}
