import { chmod, copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

/** In a mount namespace of its own, so that nothing is left to unmount. */
const inChroot = `mount --rbind /dev "$1/dev"
mount -t proc proc "$1/proc"
LC_ALL=C chroot "$1" update-initramfs -c -k all`;

/**
 * Unpacks a bare Debian root. Device nodes cannot be made here, and devtmpfs has them at boot.
 *
 * @param base the tar file of {@link baseRoot}.
 */
export async function unpackRoot(base: string, root: string): Promise<void> {
    await mkdir(root);
    await execa('tar', ['--extract', '--file', base, '--directory', root, '--exclude=./dev/*']);
}

/**
 * Lets a root make its initrd, as its administrator would, and copies that and the kernel out as
 * `vmlinuz` and `initrd.img`. Only for a process that is root of its user namespace.
 */
export async function packInitrd(root: string, directory: string): Promise<void> {
    await execa('unshare', ['--mount', 'sh', '-ec', inChroot, 'sh', root]);
    for (const kind of ['vmlinuz', 'initrd.img']) {
        const file = (await readdir(join(root, 'boot'))).find((name) =>
            name.startsWith(`${kind}-`),
        );
        await copyFile(join(root, 'boot', file ?? kind), join(directory, kind));
        await chmod(join(directory, kind), 0o600);
    }
}
