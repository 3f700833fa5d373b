import { chmod } from 'node:fs/promises';
import { execa } from 'execa';

/** Room for a small Debian system; what is not written takes none. */
export const rootSize = '2G';

/** Makes a raw image with an ext4 file system that has the contents of a tree; it may hold keys. */
export async function makeFileSystem(tree: string, file: string, label: string): Promise<void> {
    await execa('truncate', ['--size', rootSize, file]);
    await chmod(file, 0o600);
    await execa('mkfs.ext4', ['-q', '-L', label, '-d', tree, file]);
}
