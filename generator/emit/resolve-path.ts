import { posix } from 'node:path';
import { type Diagnostic, failure, type Outcome, success } from '../diagnostics/diagnostic.ts';
import { type Disk, unless } from './disk.ts';

/** A path inside a root, with every symbolic link on the way to it followed. */
export interface ResolvedPath {
    /** Relative to the root; no directory in it is a symbolic link. The last name may be one. */
    readonly path: string;
    /** Directories on the way that do not exist yet, outermost first, relative to the root. */
    readonly missing: readonly string[];
}

// Linux gives up at the same number (fs/namei.c, MAXSYMLINKS).
const mostLinks = 40;

/**
 * Finds where a path inside a root really is, as a process in a chroot there would see it: an
 * absolute link starts at the root again, and `..` does not climb out of it. So a link such as
 * `etc -> /srv/etc` can never lead to the files of the machine that runs rbdboot.
 */
export function resolvePath(disk: Disk, root: string, path: string): Outcome<ResolvedPath> {
    const directory = resolveDirectory(disk, root, posix.dirname(path));
    if (!directory.ok) {
        return directory;
    }
    const resolved = posix.join(directory.value.path, posix.basename(path));
    return success({ path: resolved, missing: directory.value.missing });
}

/** The same for a directory, which may itself be reached by a link or be missing. */
export function resolveDirectory(disk: Disk, root: string, path: string): Outcome<ResolvedPath> {
    const pending: { name: string; link?: string }[] = path.split('/').map((name) => ({ name }));
    const current: string[] = [];
    const missing: string[] = [];
    let links = 0;
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
        const { name, link } = next;
        if (name === '' || name === '.') {
            continue;
        }
        if (name === '..') {
            current.pop();
            continue;
        }
        current.push(name);
        const here = current.join('/');
        const stat = unless(['ENOENT'], () => disk.lstatSync(posix.join(root, here)));
        if (stat === undefined) {
            if (link !== undefined) {
                return failure(inTheWay(`${link} is a symbolic link to nothing`));
            }
            missing.push(here);
        } else if (stat.isSymbolicLink()) {
            links++;
            if (links > mostLinks) {
                return failure(inTheWay(`${here} is a symbolic link in a circle`));
            }
            const target = disk.readlinkSync(posix.join(root, here));
            current.length = target.startsWith('/') ? 0 : current.length - 1;
            pending.unshift(...target.split('/').map((part) => ({ name: part, link: here })));
        } else if (!stat.isDirectory()) {
            return failure(inTheWay(`${here} is not a directory`));
        }
    }
    return success({ path: current.join('/'), missing });
}

/** What a path inside a root leads to in the end, all links followed; `undefined`: to nothing. */
export function lookInside(
    disk: Disk,
    root: string,
    path: string,
): 'file' | 'directory' | undefined {
    return findInside(disk, root, path)?.kind;
}

/** The text of a file inside a root, links followed as a process in a chroot there would do it. */
export function readInside(disk: Disk, root: string, path: string): string | undefined {
    const found = findInside(disk, root, path);
    return found?.kind === 'file' ? disk.readFileSync(found.place, 'utf8') : undefined;
}

function findInside(
    disk: Disk,
    root: string,
    path: string,
): { readonly place: string; readonly kind: 'file' | 'directory' } | undefined {
    let pending = path;
    for (let links = 0; links <= mostLinks; links++) {
        const resolved = resolvePath(disk, root, pending);
        if (!resolved.ok || resolved.value.missing.length > 0) {
            return undefined;
        }
        const place = posix.join(root, resolved.value.path);
        const stat = unless(['ENOENT'], () => disk.lstatSync(place));
        if (stat === undefined) {
            return undefined;
        }
        if (!stat.isSymbolicLink()) {
            return { place, kind: stat.isDirectory() ? 'directory' : 'file' };
        }
        const target = disk.readlinkSync(place);
        // Not joined: "a/.." is not "." where a is a link.
        pending = target.startsWith('/')
            ? target
            : `${posix.dirname(resolved.value.path)}/${target}`;
    }
    return undefined;
}

function inTheWay(reason: string): Diagnostic {
    return {
        code: 'RB304',
        severity: 'error',
        message: `cannot write below the root: ${reason}`,
        hint: 'move it away, or put a directory in its place',
    };
}
