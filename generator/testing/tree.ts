import {
    lstatSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    readlinkSync,
    writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** All that a test may compare of a directory tree: path -> kind, mode and contents. */
export type Tree = Readonly<Record<string, string>>;

/** Times and inodes are left out: they differ between two equal trees. */
export function readTree(root: string): Tree {
    const tree: Record<string, string> = {};
    const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
    for (const name of names) {
        const path = join(root, name);
        const stat = lstatSync(path);
        const mode = (stat.mode & 0o7777).toString(8).padStart(4, '0');
        if (stat.isSymbolicLink()) {
            tree[name] = `link to ${readlinkSync(path)}`;
        } else if (stat.isDirectory()) {
            tree[`${name}/`] = mode;
        } else {
            tree[name] = `${mode} ${readFileSync(path, 'utf8')}`;
        }
    }
    return tree;
}

/** Writes files, with the directories that they need, below a root. */
export function writeTree(root: string, files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
    }
}
