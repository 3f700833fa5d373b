import { readFileSync } from 'node:fs';

/** What an initramfs holds by itself in a release, as far as emitted scripts depend on it. */
export interface ReleaseFacts {
    readonly name: string;
    /** The package whose initrd and hook-functions this was read from. */
    readonly initramfsTools: string;
    /** Where the facts were read. */
    readonly source: string;
    /** Applets of the busybox that its hooks put into the initrd. */
    readonly applets: ReadonlySet<string>;
    /** Programs that packages put in which initramfs-tools-core depends on, and busybox itself. */
    readonly given: ReadonlySet<string>;
    /** What klibc-utils puts in where busybox has no applet of the name: it takes few options. */
    readonly klibc: ReadonlySet<string>;
    /** Of hook-functions, and of scripts/functions for the boot scripts. */
    readonly functions: ReadonlySet<string>;
    /** Variables that init exports to boot scripts. */
    readonly exported: ReadonlySet<string>;
}

/** Programs of packages that every Debian system has: coreutils, grep, sed, util-linux. */
export const essential = words(
    'base64 cat chmod cut dd dmesg grep head ln ls mkdir mv od rm sed sleep sort stat stty tail tr wc',
);

const klibc = words(
    'cat chroot cpio dd dmesg false fstype gunzip halt insmod ipconfig kill ln losetup ls minips' +
        ' mkdir mkfifo mknod mount mv nfsmount nuke pivot_root poweroff readlink reboot resume' +
        ' run-init sh sleep sync true umount uname',
);
const given = words('busybox ipconfig reboot poweroff halt modprobe rmmod udevadm blkid');
const functions = words('manual_add_modules copy_exec copy_file force_load panic');
const exported = words(
    'BOOT BOOTIF DEVICE DPKG_ARCH IP ROOT ROOTDELAY ROOTFLAGS ROOTFSTYPE blacklist break debug' +
        ' fastboot forcefsck fsckfix init noresume panic quiet readonly resume rootmnt',
);

export const releases: readonly ReleaseFacts[] = [
    {
        name: 'Debian 12',
        initramfsTools: '0.142+deb12u3',
        source: 'busybox 1:1.35.0-4+deb12u1, klibc-utils 2.0.12-1: the packages',
        applets: applets('debian-12'),
        given,
        klibc,
        functions,
        exported,
    },
    {
        name: 'Debian 13',
        initramfsTools: '0.148.4',
        source: 'busybox 1:1.37.0-6+b9, klibc-utils 2.0.14-1: the packages',
        applets: applets('debian-13'),
        given,
        klibc,
        functions,
        exported,
    },
    {
        name: 'Ubuntu 24.04',
        initramfsTools: '0.142ubuntu25.5',
        source:
            'debian/control, mkinitramfs, hook-functions, init, scripts/functions of that version;' +
            " debian/config/pkg/initramfs of Ubuntu's packaging of busybox at 1.31.1: 24.04 has" +
            ' 1.36.1, and the applets that matter were the same from 1.18 on',
        applets: applets('ubuntu-24.04'),
        given,
        klibc,
        functions,
        exported,
    },
];

function applets(name: string): ReadonlySet<string> {
    return words(readFileSync(new URL(`${name}.applets`, import.meta.url), 'utf8'));
}

function words(text: string): ReadonlySet<string> {
    return new Set(text.split(/\s+/).filter((word) => word !== ''));
}
