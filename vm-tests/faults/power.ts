import type { FinalFault } from './fault.ts';

/** The power goes, as at a socket that is switched off. A new boot gives it back. */
export function cutPower(): FinalFault {
    return {
        kind: 'final',
        name: 'the power is cut',
        strike: ({ machine }) => machine.cutPower(),
    };
}
