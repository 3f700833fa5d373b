import type { EmittedFile } from '../../model/emitted-file.ts';
import { originLine } from '../../model/origin-line.ts';
import type { Site } from '../../model/site.ts';

/**
 * The udev rules that give RBD images their links in the real system: by what is on them, as
 * `/dev/disk/by-uuid`, and by their names, `/dev/rbd/POOL[/NAMESPACE]/IMAGE[@SNAPSHOT][-partN]`.
 *
 * systemd's own rules pass over rbd devices before version 257 (60-persistent-storage.rules); from
 * then on, the links of both are the same. The names are those of 50-rbd.rules in ceph-common, but
 * read from sysfs, where the kernel has the bus device of an image above its disk (device_add_disk
 * in drivers/block/rbd.c): so neither that package nor a program of ours is needed.
 */
export function emitUdevRules(site: Site): EmittedFile {
    return {
        path: 'etc/udev/rules.d/61-rbdboot.rules',
        mode: 0o644,
        text: [`# ${originLine(site)}`, ...rules, ''].join('\n'),
    };
}

const usable = 'ENV{ID_FS_USAGE}=="filesystem|other|crypto"';
const image = 'ENV{RBDBOOT_IMAGE}';

const rules = [
    '# Links for RBD images: see udev(7).',
    'ACTION=="remove", GOTO="rbdboot_end"',
    'SUBSYSTEM!="block", GOTO="rbdboot_end"',
    'KERNEL!="rbd*", GOTO="rbdboot_end"',
    '',
    '# By what is on it. From systemd 257 on its own rules have looked already.',
    'ENV{ID_FS_TYPE}!="?*", ENV{ID_PART_TABLE_TYPE}!="?*", IMPORT{builtin}="blkid"',
    `${usable}, ENV{ID_FS_UUID_ENC}=="?*", SYMLINK+="disk/by-uuid/$env{ID_FS_UUID_ENC}"`,
    `${usable}, ENV{ID_FS_LABEL_ENC}=="?*", SYMLINK+="disk/by-label/$env{ID_FS_LABEL_ENC}"`,
    'ENV{ID_PART_ENTRY_UUID}=="?*", SYMLINK+="disk/by-partuuid/$env{ID_PART_ENTRY_UUID}"',
    'ENV{ID_PART_ENTRY_NAME}=="?*", SYMLINK+="disk/by-partlabel/$env{ID_PART_ENTRY_NAME}"',
    '',
    '# By the name of the image, which is in sysfs above the disk.',
    `SUBSYSTEMS=="rbd", ATTRS{pool_ns}!="?*", ${image}="$attr{pool}/$attr{name}"`,
    `SUBSYSTEMS=="rbd", ATTRS{pool_ns}=="?*", ${image}="$attr{pool}/$attr{pool_ns}/$attr{name}"`,
    `SUBSYSTEMS=="rbd", ATTRS{current_snap}!="-", ${image}="$env{RBDBOOT_IMAGE}@$attr{current_snap}"`,
    `${image}=="?*", ENV{DEVTYPE}=="disk", SYMLINK+="rbd/$env{RBDBOOT_IMAGE}"`,
    `${image}=="?*", ENV{DEVTYPE}=="partition", SYMLINK+="rbd/$env{RBDBOOT_IMAGE}-part%n"`,
    '',
    'LABEL="rbdboot_end"',
];
