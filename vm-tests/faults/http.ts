import type { Answer } from './boot-server.ts';
import type { LastingFault } from './fault.ts';

/**
 * The HTTP server answers wrongly where a file of this name is asked for: `initrd.img`. What is on its
 * way already comes as it was.
 */
export function serve(name: string, how: Answer): LastingFault {
    return {
        kind: 'lasting',
        name: `${name} is ${typeof how === 'string' ? how : 'another one'}`,
        needs: 'server',
        inMachine: false,
        begin: async ({ server }) => {
            if (server === undefined) {
                throw new Error('the machine has no boot server of its own');
            }
            const restore = server.answer(name, how);
            return async () => restore();
        },
    };
}
