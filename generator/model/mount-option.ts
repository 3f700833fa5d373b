import type { FileSystem } from './file-system.ts';
import { accepted, type Parsed, refused } from './parsed.ts';

declare const brand: unique symbol;

/** One option of the mount of the root: `noatime`, `subvol=@`. It goes into a script as it is. */
export type MountOption = string & { readonly [brand]: 'MountOption' };

/** What a kernel does not know, or what is decided elsewhere, with the reason that is shown. */
const refusedNames: Readonly<Record<string, string>> = Object.freeze({
    ro: 'rbdboot mounts a snapshot read-only and an image read-write',
    rw: 'rbdboot mounts a snapshot read-only and an image read-write',
    remount: 'the root is mounted once',
    bind: 'the root is a device',
    rbind: 'the root is a device',
    move: 'the root is a device',
    loop: 'the root is a device, and none is made of a file',
    defaults: 'it stands for no option at all',
    auto: 'it is for fstab alone',
    noauto: 'it is for fstab alone',
    nofail: 'it is for fstab alone',
    _netdev: 'it is for fstab alone: write it there, beside / of the system on the image',
    noload: 'a journal that is not replayed leaves the root damaged: rbdboot sets it for snapshots',
    norecovery: 'a log that is not replayed leaves the root damaged: rbdboot sets it for snapshots',
    nologreplay:
        'a log that is not replayed leaves the root damaged: rbdboot sets it for snapshots',
    rescue: 'it is for a file system that is damaged: mount that by hand',
});

/**
 * Reads one option for the mount of the root: `noatime` or `subvol=@`.
 *
 * Options are joined with commas and pass through a file that the init of the initramfs sources, and
 * through its `mount ${ROOTFLAGS}`, which is split at white space and globbed (scripts/local). Hence
 * letters, digits and `@ _ . : / + -` alone.
 */
export function parseMountOption(text: string): Parsed<MountOption> {
    if (text.includes(',')) {
        return refused('one entry is one option: write each as an entry of its own');
    }
    if (!/^[a-z_][A-Za-z0-9_.-]*(=[A-Za-z0-9@_.:/+-]+)?$/.test(text)) {
        return refused(
            'an option is a name, or a name, "=" and a value of letters, digits, "@", "_", ".", ":", "/", "+" and "-"',
        );
    }
    const name = text.split('=')[0] ?? '';
    const reason = name.startsWith('x-') ? 'it is for fstab alone' : refusedNames[name];
    return reason === undefined ? accepted(text as MountOption) : refused(reason);
}

/** Options that one file system alone has, and with which the mount of another one fails. */
const ofOneFileSystem: Readonly<Record<string, FileSystem>> = Object.freeze({
    subvol: 'btrfs',
    subvolid: 'btrfs',
});

/** The file system that has this option, if no other one has. */
export function onlyFileSystem(option: MountOption): FileSystem | undefined {
    return ofOneFileSystem[option.split('=')[0] ?? ''];
}
