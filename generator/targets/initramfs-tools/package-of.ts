/** Packages of Debian and Ubuntu by the programs of theirs that steps use. */
const packages: Readonly<Record<string, string>> = Object.freeze({
    '/usr/bin/keyctl': 'keyutils',
    '/usr/bin/linux-version': 'linux-base',
    '/usr/sbin/cryptsetup': 'cryptsetup-bin',
    '/usr/sbin/blkid': 'util-linux',
    // No longer in every system since Debian 13.
    '/usr/sbin/e2fsck': 'e2fsprogs',
});

/** What to install for a program: `the package keyutils`. */
export function packageOf(path: string): string {
    const name = packages[path];
    return name === undefined ? 'its package' : `the package ${name}`;
}
