import type { Script } from '../../sh/ast.ts';
import { sourceLibrary } from '../../sh/build.ts';

/**
 * What `boot=rbd` on the kernel command line asks for, as older boot scripts have it: init sources
 * `/scripts/METHOD`, and panics where there is none (initramfs-tools(7), "boot").
 */
export function rbdBootMethod(origin: string): Script {
    return {
        kind: 'script',
        header: [
            'With boot=rbd on the kernel command line, a machine boots as with boot=local: the image is',
            'mapped before (local-top), and what is mounted then is a local device.',
            origin,
            '',
            'Sourced by the init of initramfs-tools.',
        ],
        preamble: [],
        main: [sourceLibrary('/scripts/local')],
    };
}
