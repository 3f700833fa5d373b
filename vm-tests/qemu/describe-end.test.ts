import { expect, test } from 'vitest';
import { describeEnd } from './describe-end.ts';

const shutdown = (reason: string) => ({
    at: 0,
    source: 'qemu' as const,
    text: 'SHUTDOWN',
    data: { guest: reason.startsWith('guest'), reason },
});

test.each([
    ['guest-reset', 'the machine rebooted: QEMU ended with status 0'],
    ['guest-shutdown', 'the machine switched itself off: QEMU ended with status 0'],
    ['host-qmp-quit', 'QEMU ended with status 0'],
])('of an end by %s it is said that %s', (reason, said) => {
    expect(describeEnd([shutdown(reason)], 'ended with status 0').message).toBe(said);
});

test('a QEMU that said nothing is not spoken for', () => {
    expect(describeEnd([], 'was ended by signal SIGABRT').message).toBe(
        'QEMU was ended by signal SIGABRT',
    );
});
