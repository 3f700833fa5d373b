import { expect, test } from 'vitest';
import { describeStall } from './describe-stall.ts';
import { receivedBytes } from './process-facts.ts';
import type { Quiet } from './pulse.ts';

const quiet: Quiet = {
    since: 9000,
    limit: 20,
    busy: 0.01,
    alive: [
        ['network', 9000],
        ['serial console', 8000],
    ],
};

test('it says what was alive last, and that the processor waits', () => {
    const facts = { quiet, at: 30_000, lastLine: 'mapping rbd/x', status: 'running' };
    expect(describeStall(facts)).toBe(
        'stalled: nothing moved for 21 s; its processor was idle (1 %): it waits for something that' +
            ' does not come; alive last: network 21.0 s ago, serial console 22.0 s ago ("mapping rbd/x")',
    );
});

test.each([
    [{ quiet: { ...quiet, busy: 0.99 }, status: 'running' }, /busy \(99 %\): it runs in a loop/],
    [{ quiet, status: 'paused' }, /the machine is stopped: QEMU says paused/],
    [{ quiet, processState: 'T' }, /the process of QEMU is stopped/],
])('it names a loop and a machine that does not run', (facts, words) => {
    expect(describeStall({ at: 30_000, ...facts })).toMatch(words);
});

test('bytes are counted on the interfaces of the machine alone', () => {
    const table = [
        'Inter-|   Receive                |  Transmit',
        ' face |bytes    packets errs drop|bytes packets',
        '    lo: 1025673     822    0    0     0     0',
        'tap-01234567:    1500      10    0    0  9     0',
        'tap-89abcdef: 77 1 0 0 0 0',
    ].join('\n');
    expect(receivedBytes(table, ['tap-01234567', 'tap-89abcdef'])).toBe(1577);
});
