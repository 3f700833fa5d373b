import type { Script } from '../../sh/ast.ts';
import { argumentOf, command, initramfsProgram, orStop, run, stopOnError } from '../../sh/build.ts';

const truncate = initramfsProgram('truncate');

/**
 * Pads a new initrd, so that a second one may follow it: the kernel looks for the next archive at a
 * multiple of 4 only (init/initramfs.c), and iPXE before 2021 puts files together as they are when
 * it runs under UEFI. update-initramfs calls this with the version and the file, after it made one.
 */
export function padInitrd(origin: string): Script {
    return {
        kind: 'script',
        header: [
            'Pads a new initrd, so that the archive of a host can follow it as a second initrd.',
            origin,
            '',
            'Runs after update-initramfs (update-initramfs(8), post-update.d): VERSION FILE.',
        ],
        preamble: [stopOnError],
        main: [run(command(truncate, ['--size', '%512', argumentOf(2)]), orStop)],
    };
}
