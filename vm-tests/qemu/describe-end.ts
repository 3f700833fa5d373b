import type { Observation } from '../journal.ts';

/** What the machine did, by the reason that QEMU gives for a SHUTDOWN (qapi/run-state.json). */
const deeds: Readonly<Record<string, string>> = {
    'guest-shutdown': 'the machine switched itself off',
    'guest-reset': 'the machine rebooted',
    'guest-panic': 'the kernel panicked',
};

/**
 * Why a machine has no power any more. QEMU ends with status 0 whatever a machine did, and a reboot
 * is an end too: it has `-no-reboot`, so that nobody waits for a machine that reboots for ever.
 *
 * @param ending how the process of QEMU ended.
 */
export function describeEnd(seen: readonly Observation[], ending: string): Error {
    const shutdown = seen.findLast(({ source, text }) => source === 'qemu' && text === 'SHUTDOWN');
    const { reason = '' } = (shutdown?.data ?? {}) as { reason?: string };
    const deed = deeds[reason];
    return new Error(deed === undefined ? `QEMU ${ending}` : `${deed}: QEMU ${ending}`);
}
