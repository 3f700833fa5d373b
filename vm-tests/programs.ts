import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program or file that the harness needs, and the Debian package that has it. */
export interface Requirement {
    /** A program's name, looked up in {@link searchPath}, or the absolute path of a file. */
    readonly wanted: string;
    /** Where it is in another release. */
    readonly or?: string;
    readonly debianPackage: string;
}

const multiarch = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;

/** iPXE as the ROM of QEMU's virtio NIC: in Debian 12 and Ubuntu 24.04, and in Debian 13. */
const networkBootRom = '/usr/lib/ipxe/qemu/efi-virtio.rom';
const networkBootRomSince13 = '/usr/share/qemu/efi-virtio.rom';

/** What dnsmasq gives to a PXE client that is not iPXE. */
export const chainLoader = '/usr/lib/ipxe/undionly.kpxe';

/** The same for a PXE client whose firmware is UEFI. */
export const uefiChainLoader = '/usr/lib/ipxe/ipxe.efi';

/** UEFI for QEMU: its code, and the variables that a new machine has. */
export const uefiFirmware = Object.freeze({
    code: '/usr/share/OVMF/OVMF_CODE_4M.fd',
    variables: '/usr/share/OVMF/OVMF_VARS_4M.fd',
});

/** A shell and its programs in one file without libraries. */
export const staticBusybox = '/bin/busybox';

/** The OSD's object classes, without which no image can be created. */
export const radosClasses = `${multiarch}/rados-classes`;

/** Everything that the demo and the scenarios run, on Debian 12. */
export const requirements: readonly Requirement[] = Object.freeze([
    { wanted: 'qemu-system-x86_64', debianPackage: 'qemu-system-x86' },
    { wanted: 'qemu-img', debianPackage: 'qemu-utils' },
    { wanted: `${multiarch}/qemu/block-rbd.so`, debianPackage: 'qemu-block-extra' },
    { wanted: networkBootRom, or: networkBootRomSince13, debianPackage: 'ipxe-qemu' },
    { wanted: chainLoader, debianPackage: 'ipxe' },
    { wanted: uefiChainLoader, debianPackage: 'ipxe' },
    { wanted: uefiFirmware.code, debianPackage: 'ovmf' },
    { wanted: uefiFirmware.variables, debianPackage: 'ovmf' },
    { wanted: 'cpio', debianPackage: 'cpio' },
    { wanted: 'xz', debianPackage: 'xz-utils' },
    { wanted: 'zstd', debianPackage: 'zstd' },
    { wanted: 'ceph-mon', debianPackage: 'ceph-mon' },
    { wanted: 'ceph-osd', debianPackage: 'ceph-osd' },
    { wanted: 'ceph-mds', debianPackage: 'ceph-mds' },
    { wanted: 'ceph-fuse', debianPackage: 'ceph-fuse' },
    { wanted: 'monmaptool', debianPackage: 'ceph-base' },
    { wanted: `${radosClasses}/libcls_rbd.so`, debianPackage: 'ceph-base' },
    { wanted: 'ceph', debianPackage: 'ceph-common' },
    { wanted: 'rbd', debianPackage: 'ceph-common' },
    { wanted: 'dnsmasq', debianPackage: 'dnsmasq-base' },
    { wanted: 'nginx', debianPackage: 'nginx-light' },
    { wanted: 'tcpdump', debianPackage: 'tcpdump' },
    { wanted: 'mmdebstrap', debianPackage: 'mmdebstrap' },
    { wanted: 'newuidmap', debianPackage: 'uidmap' },
    { wanted: 'mkfs.ext4', debianPackage: 'e2fsprogs' },
    { wanted: 'debugfs', debianPackage: 'e2fsprogs' },
    { wanted: 'e2fsck', debianPackage: 'e2fsprogs' },
    { wanted: 'mkfs.xfs', debianPackage: 'xfsprogs' },
    { wanted: 'mkfs.btrfs', debianPackage: 'btrfs-progs' },
    { wanted: 'sfdisk', debianPackage: 'fdisk' },
    { wanted: 'cryptsetup', debianPackage: 'cryptsetup-bin' },
    { wanted: staticBusybox, debianPackage: 'busybox-static' },
    { wanted: 'ip', debianPackage: 'iproute2' },
    { wanted: 'ss', debianPackage: 'iproute2' },
    { wanted: 'unshare', debianPackage: 'util-linux' },
    { wanted: 'mount', debianPackage: 'mount' },
    { wanted: 'setpriv', debianPackage: 'util-linux' },
    { wanted: 'tar', debianPackage: 'tar' },
]);

/**
 * `PATH` with the directories of administration programs, which an ordinary user's `PATH` on Debian
 * does not have.
 */
export function searchPath(path: string | undefined = process.env.PATH): string {
    const given = (path ?? '').split(delimiter).filter((directory) => directory !== '');
    return [...new Set([...given, '/usr/sbin', '/usr/bin', '/sbin', '/bin'])].join(delimiter);
}

/** The requirements that this machine does not meet, in the order of {@link requirements}. */
export function missing(
    wanted: readonly Requirement[] = requirements,
    path: string = searchPath(),
): readonly Requirement[] {
    return wanted.filter(
        ({ or, wanted: first }) =>
            ![first, ...(or === undefined ? [] : [or])].some((one) =>
                present(one, path.split(delimiter)),
            ),
    );
}

/** One line per missing thing: `qemu-img is missing: apt-get install qemu-utils`. */
export function describeMissing(lacking: readonly Requirement[]): string {
    return lacking
        .map(
            ({ wanted, debianPackage }) =>
                `${wanted} is missing: install it with "apt-get install ${debianPackage}"`,
        )
        .join('\n');
}

function present(wanted: string, directories: readonly string[]): boolean {
    return wanted.startsWith('/')
        ? readable(wanted, constants.R_OK)
        : directories.some((directory) => readable(join(directory, wanted), constants.X_OK));
}

function readable(path: string, mode: number): boolean {
    try {
        accessSync(path, mode);
        return statSync(path).isFile();
    } catch {
        return false;
    }
}
