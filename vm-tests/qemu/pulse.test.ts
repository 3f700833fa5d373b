import { expect, test } from 'vitest';
import type { Observation } from '../journal.ts';
import { openPulse, type Quiet } from './pulse.ts';

const line = (seconds: number, text: string): Observation => ({
    at: seconds * 1000,
    source: 'console',
    text,
});

interface Second {
    /** Bytes that the machine sends in that second. */
    readonly sends?: number;
    /** Part of the second for which the processor is busy. */
    readonly busy?: number;
}

/** Lets seconds go by, all alike. @returns how quiet the machine is in the end. */
function run(
    pulse: ReturnType<typeof openPulse>,
    [from, to]: readonly [number, number],
    { sends = 0, busy = 0 }: Second = {},
): Quiet | undefined {
    let quiet: Quiet | undefined;
    for (let second = from + 1; second <= to; second += 1) {
        const counters = { network: sends * second };
        quiet = pulse.read(second * 1000, { counters, processor: busy * second });
    }
    return quiet;
}

const isStall = (quiet: Quiet | undefined, at: number) =>
    quiet !== undefined && at - quiet.since / 1000 >= quiet.limit;

test('a machine whose processor is idle is stalled after 20 s, and not before', () => {
    const pulse = openPulse(0, 1);
    pulse.observe(line(5, 'Loading, please wait...'));
    expect(isStall(run(pulse, [5, 24]), 24)).toBe(false);
    const quiet = run(pulse, [24, 25]);
    expect(isStall(quiet, 25)).toBe(true);
    expect(quiet?.alive[0]).toEqual(['serial console', 5000]);
    expect(quiet?.busy).toBeLessThan(0.1);
});

test('one that computes has a minute, and is a loop then', () => {
    const pulse = openPulse(0, 1);
    expect(isStall(run(pulse, [0, 59], { busy: 1 }), 59)).toBe(false);
    const quiet = run(pulse, [59, 60], { busy: 1 });
    expect(isStall(quiet, 60)).toBe(true);
    expect(quiet?.busy).toBe(1);
});

test('on a slow computer both take longer', () => {
    const pulse = openPulse(0, 3);
    expect(isStall(run(pulse, [0, 59]), 59)).toBe(false);
    expect(isStall(run(pulse, [59, 61]), 61)).toBe(true);
});

test('what the kernel says of its clock is no sign of life', () => {
    const pulse = openPulse(0, 1);
    const said = '[   75.218717] clocksource: Long readout interval, skipping watchdog check';
    let quiet: Quiet | undefined;
    for (let second = 1; second <= 30; second += 1) {
        pulse.observe(line(second, said));
        const counters = { 'serial console': second * (said.length + 2) };
        quiet = pulse.read(second * 1000 + 500, { counters, processor: 0 });
    }
    expect(isStall(quiet, 30)).toBe(true);
});

test('a dot on a line that does not end is one', () => {
    const pulse = openPulse(0, 1);
    for (let second = 1; second <= 30; second += 1) {
        const counters = { 'serial console': second };
        expect(pulse.read(second * 1000, { counters, processor: 0 })).toBeUndefined();
    }
});

test('what goes over the network is a sign of life, a session that is kept alive is none', () => {
    expect(run(openPulse(0, 1), [0, 30], { sends: 5000 })).toBeUndefined();
    expect(isStall(run(openPulse(0, 1), [0, 30], { sends: 100 }), 30)).toBe(true);
});

test('a step that said how long it waits is not stalled until then', () => {
    const pulse = openPulse(0, 1);
    pulse.observe(line(10, 'rbdboot[map-image]: mapping rbd/hosts/desk1 as client.desks'));
    expect(run(pulse, [10, 170])).toBeUndefined();
    expect(isStall(run(pulse, [170, 200]), 200)).toBe(true);
});

test.each([
    'rbdboot[map-image] RB244: the pool rbd is full, by itself or with the whole cluster',
    'rbdboot[map-image] RB245: the monitors answer, and the OSDs that have to do not',
    'rbdboot[check-root] RB245: no OSD answers what is asked of /dev/rbd0',
])(
    'a machine that says each minute what it waits for is stalled when it no longer does: %s',
    (said) => {
        const pulse = openPulse(0, 1);
        pulse.observe(line(10, 'rbdboot[map-image]: mapping rbd/hosts/desk1 as client.desks'));
        pulse.observe(line(35, said));
        expect(run(pulse, [35, 95])).toBeUndefined();
        pulse.observe(line(95, said));
        expect(run(pulse, [95, 165])).toBeUndefined();
        expect(isStall(run(pulse, [165, 200]), 200)).toBe(true);
    },
);

test('that a step still waits for what has an end does not make that end later', () => {
    const pulse = openPulse(0, 1);
    pulse.observe(line(10, 'rbdboot[map-image]: mapping rbd/hosts/desk1 as client.desks'));
    const still = 'rbdboot[map-image]: still waiting for the lock of rbd/hosts/desk1';
    pulse.observe(line(35, still));
    expect(run(pulse, [35, 95])).toBeUndefined();
    pulse.observe(line(95, still));
    expect(run(pulse, [95, 155])).toBeUndefined();
    pulse.observe(line(155, still));
    expect(isStall(run(pulse, [155, 190]), 190)).toBe(true);
});

test('the next step has no part in what the one before it announced', () => {
    const pulse = openPulse(0, 1);
    pulse.observe(line(10, 'rbdboot[map-image]: mapping rbd/hosts/desk1 as client.desks'));
    pulse.observe(line(12, 'rbdboot[mount-root]: root is /dev/rbd0, ext4'));
    expect(isStall(run(pulse, [12, 32]), 32)).toBe(true);
});

test.each([
    ['this machine reboots in 60 seconds', 70],
    ['this machine halts: switch it off and on to try again', 3600],
    ['Configuring (net0 52:54:00:12:34:01)......', 85],
])('%s: it is quiet as it said', (text, seconds) => {
    const pulse = openPulse(0, 1);
    pulse.observe(line(1, `rbdboot: ${text}`));
    expect(run(pulse, [1, seconds])).toBeUndefined();
});

test('while a fault is there a machine may wait, and for two minutes afterwards', () => {
    const pulse = openPulse(0, 1);
    const fault = (seconds: number, state: 'begins' | 'ends'): Observation => ({
        ...line(seconds, `${state}: the OSD is gone`),
        source: 'fault',
        data: { fault: 'the OSD is gone', state },
    });
    pulse.observe(fault(1, 'begins'));
    expect(run(pulse, [1, 400])).toBeUndefined();
    pulse.observe(fault(400, 'ends'));
    expect(run(pulse, [400, 520])).toBeUndefined();
    expect(isStall(run(pulse, [520, 540]), 540)).toBe(true);
});

test('a machine that is up has nothing to say, until it goes down', () => {
    const pulse = openPulse(0, 1);
    pulse.observe({ at: 30_000, source: 'guest', text: 'multi-user' });
    expect(run(pulse, [30, 300])).toBeUndefined();
    pulse.observe(line(301, 'systemd-shutdown[1]: Syncing filesystems and block devices.'));
    expect(isStall(run(pulse, [301, 321]), 321)).toBe(true);
});

test('the longest quiet of a boot is kept, what was announced left out', () => {
    const pulse = openPulse(0, 1);
    run(pulse, [0, 7]);
    pulse.observe(line(7, 'rbdboot[network]: waiting for a NIC with the MAC address x'));
    run(pulse, [7, 40]);
    expect(pulse.longest()).toBe(7);
});
