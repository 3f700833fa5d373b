import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { realDisk } from '../emit/disk.ts';
import { lookInside, readInside } from '../emit/resolve-path.ts';
import { cures, ifdownNone, takesDown } from '../targets/initramfs-tools/check-other-scripts.ts';
import { isSupported, releaseOf, supportedNames } from './release.ts';

/**
 * What in a root may keep a machine from its image, though the boot script works: a release that
 * nobody has looked at, fstab, and boot scripts of other packages. The files can be installed all the same, and these are not ours.
 */
export function adviseRoot(root: string): readonly Diagnostic[] {
    const real = realDisk.realpathSync(root);
    const read = (path: string) => readInside(realDisk, real, path);
    const script = (place: string) =>
        [`etc/initramfs-tools/scripts/${place}`, `usr/share/initramfs-tools/scripts/${place}`].find(
            (path) => lookInside(realDisk, real, path) === 'file',
        );
    const dropbear = read('etc/dropbear/initramfs/dropbear.conf') ?? '';
    const clevis = script('local-bottom/clevis');
    return [
        ...adviseRelease(root),
        ...adviseFstab(root, read('etc/fstab') ?? ''),
        ...(script('init-bottom/dropbear') === undefined || ifdownNone.test(dropbear)
            ? []
            : [refusal(root, 'RB312', 'dropbear-initramfs')]),
        ...(takesDown.test((clevis && read(clevis)) ?? '')
            ? [refusal(root, 'RB313', 'clevis-initramfs')]
            : []),
    ];
}

function adviseRelease(root: string): readonly Diagnostic[] {
    const release = releaseOf(root);
    return release === undefined || isSupported(release)
        ? []
        : [
              {
                  code: 'RB315',
                  severity: 'warning',
                  message: `${root} is ${release.name}: rbdboot is made for ${supportedNames}`,
                  hint: 'boot one machine before you depend on it',
              },
          ];
}

/** fstab(5): a line has six fields, of which the second is the mount point, the fourth the options. */
function adviseFstab(root: string, text: string): readonly Diagnostic[] {
    return text
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .filter(([device = '#', place]) => !device.startsWith('#') && place === '/')
        .filter(([, , , options = '']) => !options.split(',').includes('_netdev'))
        .map(([device, place, type, options = 'defaults', ...others]) => ({
            code: 'RB311',
            severity: 'warning',
            message: `etc/fstab in ${root} has no _netdev among the options of /`,
            hint: `write its line so: ${[device, place, type, `${options},_netdev`, ...others].join(' ')}`,
        }));
}

function refusal(root: string, code: keyof typeof cures, name: string): Diagnostic {
    return {
        code,
        severity: 'warning',
        message: `${name} in ${root} takes the NIC of the root down before the system starts, so update-initramfs will refuse to make an initrd`,
        hint: `in the root: ${cures[code]}`,
    };
}
