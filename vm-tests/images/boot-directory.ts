import { mkdir, readdir, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { ImageReference } from '../../generator/model/image-reference.ts';
import {
    administratorKeyring,
    authorize,
    fileSystem,
    mountFileSystem,
    startFileSystem,
} from '../cluster/file-system.ts';
import { writeImage } from '../cluster/provision.ts';
import type { Lab } from '../lab.ts';
import { rootNamed } from '../preparation.ts';
import { runReleased } from '../released.ts';
import { siteFile } from '../sites/recipe.ts';
import { unpackRoot } from './debian-root.ts';
import { makeFileSystem } from './file-system.ts';
import { prepareGuest } from './guest.ts';

/** The one machine that has a boot directory, which is in its configuration. */
export const bootHost = Object.freeze({ name: 'desk1', client: 'boot-desk1', path: 'hosts/desk1' });

const server = 'boot-server';

/** Where the boot server has the file system, below what it serves for the site. */
export function servedFileSystem({ served }: Lab): string {
    return join(served, 'sites', 'boot-directory', 'cephfs', fileSystem);
}

/** As in `debian-root.ts`, with the boot directory at its place. */
const inChroot = `mount --rbind /dev "$1/dev"
mount -t proc proc "$1/proc"
mount --bind "$2" "$1/boot"
LC_ALL=C chroot "$1" update-initramfs -c -k all`;

/**
 * Makes the file system, the boot directory and the root of a machine, in the order in which
 * docs/how-to/keep-boot-in-cephfs.md has an administrator do it.
 */
export async function makeBootDirectory(lab: Lab, image: ImageReference): Promise<void> {
    await startFileSystem(lab);
    const build = join(lab.state, 'cephfs');
    await mountFileSystem(lab, 'admin', administratorKeyring(lab), build);
    const boot = join(build, bootHost.path);
    await mkdir(boot, { recursive: true });
    await mkdir(join(build, 'hosts', 'desk2'));
    await writeFile(join(build, 'hosts', 'desk2', 'secret'), 'of desk2\n');
    await authorize(lab, bootHost.client, `/${bootHost.path}`, 'rw');
    await authorize(lab, server, '/', 'r');
    const keyring = `/etc/ceph/ceph.client.${server}.keyring`;
    await mountFileSystem(lab, server, keyring, servedFileSystem(lab));

    const root = join(lab.state, 'scratch', 'boot-directory');
    await unpackRoot(rootNamed(lab.roots, 'plain'), root);
    await prepareGuest(root, bootHost.name);
    const config = siteFile('boot-directory');
    await runReleased('install', '--root', root, '--host', bootHost.name, '--config', config);
    await moveFiles(join(root, 'boot'), boot);
    await execa('unshare', ['--mount', 'sh', '-ec', inChroot, 'sh', root, boot]);
    const file = `${root}.img`;
    await makeFileSystem({ plan: { type: 'ext4', label: bootHost.name }, tree: root, file });
    await rm(root, { recursive: true });
    await writeImage(lab.cluster, image, file);
    await unlink(file);
}

/** From one file system to another. */
async function moveFiles(from: string, to: string): Promise<void> {
    for (const name of await readdir(from)) {
        await rename(join(from, name), join(to, name)).catch(() =>
            execa('mv', [join(from, name), to]),
        );
    }
}
