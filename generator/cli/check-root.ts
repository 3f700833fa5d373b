import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { realDisk } from '../emit/disk.ts';
import { lookInside } from '../emit/resolve-path.ts';
import type { UnlockMethod } from '../plan/unlock-method.ts';
import { packageOf } from '../targets/initramfs-tools/package-of.ts';
import { checkCrypttab } from './check-crypttab.ts';

// The last is Ubuntu's, of the package busybox-initramfs.
const busybox = ['usr/bin/busybox', 'bin/busybox', 'usr/lib/initramfs-tools/bin/busybox'];

/** Its hook puts into the initrd what opens a container by /etc/crypttab. */
const cryptroot = 'usr/share/initramfs-tools/hooks/cryptroot';

const initramfsTools = ['usr/share/initramfs-tools/hook-functions', 'usr/sbin/mkinitramfs'];

/**
 * Looks whether a root has what the emitted files need. Found out here, it is a message; found out
 * later, it is a machine that does not boot.
 *
 * @param programs absolute paths of what the hook copies, and of what the system itself needs.
 */
export function checkRoot(
    root: string,
    programs: readonly string[],
    unlock?: UnlockMethod,
): readonly Diagnostic[] {
    const kind = kindOf(root);
    if (kind !== 'directory') {
        return [
            {
                code: 'RB301',
                severity: 'error',
                message: `cannot use ${root} as a root directory: ${kind === undefined ? 'there is no such directory' : 'it is not a directory'}`,
                hint: `make the root first, for instance: mmdebstrap bookworm ${root}`,
            },
        ];
    }
    const lacks = (path: string) =>
        lookInside(realDisk, realDisk.realpathSync(root), path) !== 'file';
    const absent = initramfsTools.filter(lacks);
    if (absent.length > 0) {
        return [
            {
                code: 'RB302',
                severity: 'error',
                message: `${root} has no initramfs-tools: there is no ${absent.join(' and no ')} in it`,
                hint: `install it: chroot ${root} apt-get install initramfs-tools`,
            },
        ];
    }
    const other = otherMaker(root, lacks);
    if (other !== undefined) {
        return [other];
    }
    return [
        ...(busybox.every(lacks) ? [missing(root, 'busybox', 'the package busybox')] : []),
        ...programs.filter(lacks).map((path) => missing(root, path, packageOf(path))),
        ...(unlock?.kind === 'crypttab' && lacks(cryptroot)
            ? [missing(root, cryptroot, 'the package cryptsetup-initramfs')]
            : []),
        ...(unlock?.kind === 'crypttab' ? checkCrypttab(root) : []),
    ];
}

function missing(root: string, program: string, from: string): Diagnostic {
    const apt = /^the package (.+)$/.exec(from)?.[1];
    return {
        code: 'RB306',
        severity: 'error',
        message: `${root} has no ${program}, which the machine needs`,
        hint:
            apt === undefined
                ? `install ${from} in it`
                : `install it: chroot ${root} apt-get install ${apt}`,
    };
}

/** initramfs-tools may be there in part beside dracut, which then makes the initrds and runs no hook of it. */
function otherMaker(root: string, lacks: (path: string) => boolean): Diagnostic | undefined {
    if (lacks('usr/bin/dracut') || !lacks('var/lib/dpkg/info/initramfs-tools.list')) {
        return undefined;
    }
    return {
        code: 'RB316',
        severity: 'error',
        message: `${root} makes its initrds with dracut, which runs no hook of initramfs-tools`,
        hint: `put initramfs-tools in its place: chroot ${root} apt-get install initramfs-tools dracut-`,
    };
}

function kindOf(path: string): 'file' | 'directory' | undefined {
    try {
        return realDisk.lstatSync(realDisk.realpathSync(path)).isDirectory() ? 'directory' : 'file';
    } catch {
        return undefined;
    }
}
