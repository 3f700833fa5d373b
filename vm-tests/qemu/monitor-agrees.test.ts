import { expect, test } from 'vitest';
import { expectMonitorAgrees } from './monitor-agrees.ts';

const running = { running: true, status: 'running' };
const events = (...names: string[]) =>
    names.map((text) => ({ at: 0, source: 'qemu' as const, text }));

test('a machine that runs is up, whatever its firmware reset before', () => {
    expect(() => expectMonitorAgrees(events('RESET', 'STOP', 'RESUME'), running)).not.toThrow();
});

test.each([
    ['it has ended', events('SHUTDOWN'), running, /QEMU says SHUTDOWN/],
    ['its kernel panicked', events('GUEST_PANICKED'), running, /GUEST_PANICKED/],
    ['it is stopped', [], { running: false, status: 'paused' }, /QEMU says that it is paused/],
])('a machine is not up of which QEMU says that %s', (_, seen, status, message) => {
    expect(() => expectMonitorAgrees(seen, status)).toThrow(
        expect.objectContaining({
            failureClass: 'disagreement',
            message: expect.stringMatching(message),
        }),
    );
});
