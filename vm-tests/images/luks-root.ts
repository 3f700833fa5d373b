import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { staticBusybox } from '../programs.ts';

/**
 * A root file system that has one program and starts in no time: it says on the console that it is
 * mounted, from what device, and which of the secrets in `/secrets` can be read in what the initramfs
 * has left behind. With `small.end` on the kernel command line it ends the machine then, else it stays.
 */
const init = `#!/bin/busybox sh
PATH=/bin
export PATH
/bin/busybox --install /bin
[ -r /proc/mounts ] || mount -t proc proc /proc
echo "small root: mounted from $(sed -n 's/^\\([^ ]*\\) \\/ ext4 .*/\\1/p' /proc/mounts)"
left=$(grep -r -l -F -f /secrets /run /proc/cmdline /proc/1/environ 2> /dev/null)
echo "small root: secrets left in: \${left:-nothing}"
grep -q -w small.end /proc/cmdline || exec sleep 1000000
# As systemd ends: into the root in memory, which it gives the kernel's file systems (bootup(7)).
sync
cd /run/initramfs
mkdir -p proc sys dev oldroot
mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t devtmpfs dev dev
pivot_root . oldroot
exec chroot . /shutdown poweroff < dev/console > dev/console 2>&1
`;

/**
 * Makes an image with an ext4 file system of 40 MB.
 *
 * @param secrets what is searched for; only root can read it there.
 * @param canary what stands in a file of it, for whoever looks for that in the cluster.
 */
export async function makeLuksRoot(
    file: string,
    { secrets, canary }: { readonly secrets: readonly string[]; readonly canary: string },
): Promise<void> {
    const tree = `${file}.tree`;
    for (const directory of ['bin', 'sbin', 'dev', 'proc', 'sys', 'run', 'tmp', 'root', 'etc']) {
        await mkdir(join(tree, directory), { recursive: true });
    }
    await copyFile(staticBusybox, join(tree, 'bin/busybox'));
    await writeFile(join(tree, 'sbin/init'), init, { mode: 0o755 });
    await writeFile(join(tree, 'secrets'), `${secrets.join('\n')}\n`, { mode: 0o600 });
    await writeFile(join(tree, 'canary'), `${canary}\n`.repeat(1000));
    await execa('truncate', ['--size', '40M', file]);
    await execa('mkfs.ext4', ['-q', '-L', 'small', '-d', tree, file]);
}
