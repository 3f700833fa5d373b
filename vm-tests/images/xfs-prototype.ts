import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A tree as mkfs.xfs(8) reads it with `-p`: an entry a line, with its type, its mode, its owner and where
 * its contents are. Sticky bits are left out, for which there is no sign in it; systemd puts back those
 * of `/tmp` and `/var/tmp`.
 *
 * @throws Error at a name with white space, which that format cannot have.
 */
export async function xfsPrototype(tree: string): Promise<string> {
    // No boot block, and sizes that mkfs chooses.
    return `${['/dev/null', '0 0', ...(await entryOf('', tree))].join('\n')}\n`;
}

async function entryOf(name: string, path: string): Promise<readonly string[]> {
    if (/\s/.test(name)) {
        throw new Error(`a prototype of mkfs.xfs cannot have the name ${JSON.stringify(path)}`);
    }
    const entry = await lstat(path);
    const { gid, mode, uid } = entry;
    const bits = [
        (mode & 0o4000) === 0 ? '-' : 'u',
        (mode & 0o2000) === 0 ? '-' : 'g',
        (mode & 0o777).toString(8).padStart(3, '0'),
    ].join('');
    const line = (type: string, ...contents: readonly string[]) =>
        [...(name === '' ? [] : [name]), `${type}${bits}`, uid, gid, ...contents].join(' ');
    if (entry.isDirectory()) {
        const lines: string[] = [];
        for (const child of (await readdir(path)).sort()) {
            lines.push(...(await entryOf(child, join(path, child))));
        }
        return [line('d'), ...lines, '$'];
    }
    if (entry.isSymbolicLink()) {
        return [line('l', await readlink(path))];
    }
    return entry.isFile() ? [line('-', path)] : [];
}
