import type { Observation } from '../journal.ts';
import { BootFailure } from '../report/failure-class.ts';

/** What QEMU says of a machine that is not up. Firmware resets a machine too, so RESET tells nothing. */
const endings = ['SHUTDOWN', 'GUEST_PANICKED', 'STOP'];

/**
 * Compares a machine that says that it is up with what its QEMU says.
 *
 * @param status the answer to `query-status`.
 * @throws BootFailure if these are not the same.
 */
export function expectMonitorAgrees(seen: readonly Observation[], status: unknown): void {
    const events = seen.filter(({ source }) => source === 'qemu').map(({ text }) => text);
    const last = events.findLast((event) => [...endings, 'RESUME'].includes(event));
    if (last !== undefined && endings.includes(last)) {
        throw new BootFailure('disagreement', `the machine says that it is up, QEMU says ${last}`);
    }
    const { running, status: state } = status as { running?: boolean; status?: string };
    if (running !== true) {
        throw new BootFailure(
            'disagreement',
            `the machine says that it is up, QEMU says that it is ${state ?? 'nothing'}`,
        );
    }
}
