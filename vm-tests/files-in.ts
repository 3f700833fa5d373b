import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** The files below a directory with their contents, by relative path. */
export async function filesIn(directory: string): Promise<Readonly<Record<string, Buffer>>> {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    const paths = entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
    const contents = await Promise.all(paths.map((path) => readFile(path)));
    return Object.fromEntries(
        paths.map((path, index) => [relative(directory, path), contents[index] ?? Buffer.alloc(0)]),
    );
}
