import { expect, test } from 'vitest';
import { now } from './journal.ts';
import { expectStillUp } from './still-up.ts';

const report = { at: now(), source: 'guest' as const, text: 'end' };

function machine(over: {
    readonly closed?: Error;
    readonly ownEnd?: Error;
    readonly mayEnd?: boolean;
    readonly report?: boolean;
}) {
    return {
        name: 'desk1',
        journal: {
            all: () => (over.report === false ? [] : [report]),
            closed: () => over.closed,
        },
        ownEnd: () => over.ownEnd,
        mayEnd: () => over.mayEnd ?? false,
    };
}

const rebooted = new Error('the machine rebooted');

test('a machine that was up and stays so is looked at for a second', async () => {
    const begun = now();
    await expectStillUp([machine({}), machine({})], 1);
    expect(now() - begun).toBeGreaterThanOrEqual(1000);
});

test('one that ends behind its report was not up', async () => {
    const one = machine({ closed: rebooted, ownEnd: rebooted });
    await expect(expectStillUp([one], 1)).rejects.toThrow('desk1 was up, and then the machine reb');
});

test('what its console showed before it ended tells more', async () => {
    const panicked = new Error('the kernel panicked');
    const one = machine({ closed: panicked, ownEnd: rebooted });
    await expect(expectStillUp([one], 1)).rejects.toMatchObject({ cause: panicked });
});

test.each([
    ['the scenario waits for that', { ownEnd: rebooted, closed: rebooted, mayEnd: true }],
    ['its power was cut', { closed: new Error('QEMU was ended by signal SIGKILL') }],
    ['it never said that it was up', { ownEnd: rebooted, closed: rebooted, report: false }],
])('one may end where %s', async (_, over) => {
    await expect(expectStillUp([machine(over)], 1)).resolves.toBeUndefined();
});
