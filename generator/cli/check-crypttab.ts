import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { realDisk } from '../emit/disk.ts';
import { lookInside } from '../emit/resolve-path.ts';
import { luksTarget } from '../model/luks.ts';

/**
 * Whether cryptsetup-initramfs will take the root's container into the initrd: in a chroot, where it
 * cannot see what is mounted, it takes targets with the option "initramfs" alone (crypttab(5)).
 */
export function checkCrypttab(root: string): readonly Diagnostic[] {
    const file = join(root, 'etc/crypttab');
    const there = lookInside(realDisk, realDisk.realpathSync(root), 'etc/crypttab') === 'file';
    const options = there ? optionsOf(readFileSync(file, 'utf8')) : undefined;
    if (options?.includes('initramfs') === true) {
        return [];
    }
    return [
        {
            code: 'RB319',
            severity: 'error',
            message:
                options === undefined
                    ? `${file} has no target "${luksTarget}"`
                    : `the target "${luksTarget}" in ${file} lacks the option "initramfs"`,
            hint: `write this line into it, with the UUID that blkid prints of the image: ${luksTarget} UUID=... none luks,initramfs`,
        },
    ];
}

/** The options of the root's target. */
function optionsOf(table: string): readonly string[] | undefined {
    const fields = table
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .find(([name]) => name === luksTarget);
    return fields === undefined ? undefined : (fields[3] ?? '').split(',');
}
