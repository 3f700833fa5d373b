import { createHash } from 'node:crypto';
import { access, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/** Everything that a cached thing is made from, by name. */
export type Inputs = Readonly<Record<string, string | Uint8Array>>;

/** The hash of named inputs: 16 hexadecimal digits, the same whatever the order of the names. */
export function hashOf(inputs: Inputs): string {
    const hash = createHash('sha256');
    for (const name of Object.keys(inputs).sort()) {
        const value = Buffer.from(inputs[name] ?? '');
        // With the lengths in front no two sets of inputs run into the same bytes.
        hash.update(`${Buffer.byteLength(name)}:${name}=${value.length}:`).update(value);
    }
    return hash.digest('hex').slice(0, 16);
}

/** What to keep and how to make it. */
export interface Recipe {
    /** The cache directory. */
    readonly cache: string;
    /** What it is, as the first part of its file name: `base-root`. */
    readonly name: string;
    /** The end of its file name: `.tar`. */
    readonly suffix: string;
    readonly inputs: Inputs;
    /** Makes a file or directory at the given path, which is put in place only when it is whole. */
    readonly make: (path: string) => Promise<void>;
}

/** Gives the path of a cached thing, which is made if it is not there. */
export async function cached({ cache, name, suffix, inputs, make }: Recipe): Promise<string> {
    const path = join(cache, `${name}-${hashOf(inputs)}${suffix}`);
    if (await exists(path)) {
        // Its time tells when it was used last, for `forget`.
        await utimes(path, new Date(), new Date());
        return path;
    }
    const making = `${path}.making-${process.env.RBDBOOT_RUN ?? '0-0'}`;
    await rm(making, { recursive: true, force: true });
    await make(making);
    try {
        await rename(making, path);
    } catch (error) {
        // Another run made the same thing meanwhile.
        if (!(await exists(path))) {
            throw error;
        }
        await rm(making, { recursive: true, force: true });
    }
    await forget(cache, name, suffix);
    return path;
}

/** How many versions of one thing stay: this one, the one before, and one of another branch. */
const versionsKept = 3;

async function forget(cache: string, name: string, suffix: string): Promise<void> {
    const versions = (await readdir(cache)).filter(
        (file) => file.startsWith(`${name}-`) && /^[0-9a-f]{16}$/.test(hashIn(file, name, suffix)),
    );
    const times = await Promise.all(
        versions.map(async (file) => ({ file, time: (await stat(join(cache, file))).mtimeMs })),
    );
    times.sort((one, other) => other.time - one.time);
    for (const { file } of times.slice(versionsKept)) {
        await rm(join(cache, file), { recursive: true, force: true });
    }
}

function hashIn(file: string, name: string, suffix: string): string {
    return file.endsWith(suffix) ? file.slice(name.length + 1, file.length - suffix.length) : '';
}

async function exists(path: string): Promise<boolean> {
    return access(path).then(
        () => true,
        () => false,
    );
}
