import { copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const guestDirectory = fileURLToPath(new URL('../guest', import.meta.url));

/**
 * Units that do work which no boot test looks at, and take seconds of an emulated processor for it.
 */
const masked = [
    'apt-daily.timer',
    'apt-daily-upgrade.timer',
    'dpkg-db-backup.timer',
    'e2scrub_all.timer',
    'e2scrub_reap.service',
    'fstrim.timer',
    'systemd-binfmt.service',
    'systemd-firstboot.service',
    'systemd-pcrphase.service',
    'systemd-pcrphase-sysinit.service',
    'systemd-pstore.service',
    'systemd-sysusers.service',
    'systemd-update-utmp-runlevel.service',
    'proc-sys-fs-binfmt_misc.automount',
    'sys-fs-fuse-connections.mount',
    'sys-kernel-debug.mount',
    'sys-kernel-tracing.mount',
    'dev-hugepages.mount',
];

/** The files of ours that stand in every guest, for the hash of its image. */
export async function guestFiles(): Promise<Readonly<Record<string, string>>> {
    const names = ['report.sh', 'report.service'];
    const contents = await Promise.all(
        names.map((name) => readFile(join(guestDirectory, name), 'utf8')),
    );
    return {
        ...Object.fromEntries(names.map((name, index) => [name, contents[index] ?? ''])),
        masked: masked.join('\n'),
    };
}

/**
 * Turns a bare Debian root into one that can be tested: it tells the harness when it is up, root can
 * log in on the console without a password, and what is slow for nothing is off.
 *
 * Nothing here helps the machine to find, map or mount its root: that is what is tested.
 *
 * @param rootLine what stands in its fstab of `/`. Default: an image that is the root as it is.
 */
export async function prepareGuest(
    root: string,
    hostName: string,
    rootLine = '/dev/rbd0 / ext4 defaults 0 0',
): Promise<void> {
    const units = join(root, 'etc/systemd/system');
    const wants = join(units, 'multi-user.target.wants');
    await mkdir(wants, { recursive: true });
    await writeFile(join(root, 'etc/hostname'), `${hostName}\n`);
    await writeFile(join(root, 'etc/fstab'), `${rootLine}\n`);
    // Debian's PAM accepts an empty password on any terminal.
    const shadow = join(root, 'etc/shadow');
    const entries = await readFile(shadow, 'utf8');
    await writeFile(shadow, entries.replace(/^root:[^:]*:/m, 'root::'), { mode: 0o640 });

    const program = join(root, 'usr/local/sbin/rbdboot-report');
    const script = await readFile(join(guestDirectory, 'report.sh'), 'utf8');
    await writeFile(program, script, { mode: 0o755 });
    const unit = 'rbdboot-report.service';
    await copyFile(join(guestDirectory, 'report.service'), join(units, unit));
    await symlink(`../${unit}`, join(wants, unit));
    for (const name of masked) {
        await symlink('/dev/null', join(units, name)).catch((error: NodeJS.ErrnoException) => {
            if (error.code !== 'EEXIST') {
                throw error;
            }
        });
    }
}
