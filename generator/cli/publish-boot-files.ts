import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure, type Outcome, success } from '../diagnostics/diagnostic.ts';
import { type BootFiles, publishBootFiles } from '../emit/publish.ts';
import type { Site } from '../model/site.ts';
import { byMacDirectory } from '../netboot/host-script.ts';
import { chooseSubject } from './subject.ts';

/** What `rbdboot ipxe` is told of a kernel and its initrd. */
export interface PublishOptions {
    readonly out: string;
    readonly kernel?: string;
    readonly initrd?: string;
    readonly host?: string;
    readonly dryRun: boolean;
}

/** A kernel and its initrd, and where on the boot server they go. */
export interface Publication {
    readonly directory: string;
    readonly files: BootFiles;
}

/** Reads both files; `undefined` if none was named. Half of a pair is refused. */
export function readBootFiles(
    site: Site,
    { out, kernel, initrd, host: name }: PublishOptions,
): Outcome<Publication | undefined> {
    if (kernel === undefined && initrd === undefined && name === undefined) {
        return success(undefined);
    }
    if (kernel === undefined || initrd === undefined) {
        return failure({
            code: 'RB317',
            severity: 'error',
            message: `--${kernel === undefined ? 'kernel' : 'initrd'} is missing: a kernel and the initrd that was made for it are served together`,
            hint: 'name both: --kernel /boot/vmlinuz-VERSION --initrd /boot/initrd.img-VERSION',
        });
    }
    const chosen = chooseSubject(site, name);
    if (!chosen.ok) {
        return chosen;
    }
    const { host } = chosen.value;
    const shared = site.initrd === 'shared';
    try {
        const bytes = readFileSync(initrd);
        return success({
            directory: shared || host === undefined ? out : join(out, byMacDirectory(host)),
            files: {
                kernel: readFileSync(kernel),
                initrd: shared ? padded(bytes) : bytes,
                // That of one host has its key in it; a shared one has none.
                initrdMode: shared ? 0o644 : 0o640,
            },
        });
    } catch (error) {
        return failure({
            code: 'RB317',
            severity: 'error',
            message: `a file cannot be read: ${error instanceof Error ? error.message : error}`,
            hint: 'the initrd can be read by root alone: run as root, or have root copy it',
        });
    }
}

/** Serves them. @returns what to tell the administrator; `undefined` if there is nothing to do. */
export function publish(
    { dryRun }: PublishOptions,
    publication: Publication | undefined,
): Outcome<string | undefined> {
    if (publication === undefined) {
        return success(undefined);
    }
    const { directory, files } = publication;
    if (dryRun) {
        return success(`would serve the kernel and the initrd from ${directory}`);
    }
    try {
        return success(
            publishBootFiles(directory, files)
                ? `The kernel and the initrd are served from ${directory}; what was there before is vmlinuz.old and initrd.img.old`
                : `The kernel and the initrd in ${directory} are these already`,
        );
    } catch (error) {
        return failure({
            code: 'RB305',
            severity: 'error',
            message: `cannot put the kernel and the initrd into ${directory}: ${error instanceof Error ? error.message : error}`,
        });
    }
}

/**
 * The archive of a host follows the shared initrd, at a multiple of 4 (init/initramfs.c). What
 * update-initramfs made is padded already, what was made with mkinitramfs is not.
 */
function padded(bytes: Buffer): Buffer {
    return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}
