import { expect, test } from 'vitest';
import { BootFailure } from '../report/failure-class.ts';
import { complaintIn } from './complaints.ts';
import { expectNothingUnexpected, watchConsole } from './console-watch.ts';

const rejected = 'rbdboot[map-image] RB204: the monitors rejected the key of client.desks';
const socketError = '[    9.1] libceph: osd0 (1)10.77.0.10:6801 socket error on write';

function machine(watch = watchConsole(), failure?: Error) {
    return { name: 'desk1', watch, journal: { unheard: () => failure } };
}

test('a scenario can wait for one failure, and no other passes for it', () => {
    const watch = watchConsole(/RB204/);
    expect(watch.read(rejected)).toBeUndefined();
    expect(watch.read('rbdboot[map-image] RB205: no answer')?.failureClass).toBe('mon');
    expect(watch.stale()).toEqual([]);
});

test('a prompt can be allowed like a line', () => {
    expect(watchConsole().readRest('(initramfs) ')).toBeDefined();
    expect(watchConsole(/^\(initramfs\)/).readRest('(initramfs) ')).toBeUndefined();
});

test('what is allowed must come, each of several', () => {
    const watch = watchConsole([/RB204/, /hung/]);
    watch.read(rejected);
    expect(watch.stale()).toEqual([/hung/]);
    expect(() => expectNothingUnexpected([machine(watch)])).toThrow(
        /\/hung\/ was allowed and never shown/,
    );
    watch.read('task hung');
    expect(() => expectNothingUnexpected([machine(watch)])).not.toThrow();
});

test('of several machines that may show it, one does', () => {
    const refused = watchConsole(/RB204/);
    refused.read(rejected);
    const machines = [machine(refused), machine(watchConsole(/RB204/))];
    expect(() => expectNothingUnexpected(machines)).not.toThrow();
});

test('a stale allowance is a fault of the harness', () => {
    let thrown: unknown;
    try {
        expectNothingUnexpected([machine(watchConsole(/RB204/))]);
    } catch (error) {
        thrown = error;
    }
    expect(thrown).toMatchObject({ failureClass: 'harness' });
});

test('a machine that goes on and complains fails a scenario that went well', () => {
    const watch = watchConsole();
    expect(watch.read(socketError)).toBeUndefined();
    expect(() => expectNothingUnexpected([machine(watch)])).toThrow(/desk1: .*socket error/);
    const expected = watchConsole(/socket error/);
    expected.read(socketError);
    expect(() => expectNothingUnexpected([machine(expected)])).not.toThrow();
});

test('what the kernel says of Ceph belongs to the report that explains it', () => {
    const watch = watchConsole(/RB208/);
    watch.read('[    9.1] rbd: rbd0: failed to acquire lock: -110');
    watch.read('[    9.2] WARNING: CPU: 0 PID: 1 at kernel/x.c:1');
    watch.read('rbdboot[map-image] RB208: 10.77.0.2 holds the lock');
    expect(watch.complaints().map(({ failureClass }) => failureClass)).toEqual(['kernel']);
});

test('a failure after which nobody asked is no success', () => {
    const failure = new BootFailure('kernel', 'the kernel panicked');
    expect(() => expectNothingUnexpected([machine(watchConsole(), failure)])).toThrow(
        'desk1 failed when nobody waited for it any more: the kernel panicked',
    );
    expect(() =>
        expectNothingUnexpected([machine(watchConsole(), new Error('QEMU ended with status 0'))]),
    ).not.toThrow();
});

test.each([
    ['libceph: osd0 (1)10.77.0.10:6801 wrong peer, want X, got Y', 'net'],
    ['rbd: rbd0: encountered watch error: -107', 'osd'],
    ['INFO: task mount:123 blocked for more than 120 seconds.', 'kernel'],
    ['watchdog: BUG: soft lockup - CPU#0 stuck for 26s!', 'infra'],
    ['rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:', 'infra'],
    ['XFS (rbd0): Corruption detected. Unmount and run xfs_repair', 'fs'],
])('%s is of class %s', (line, failureClass) => {
    expect(complaintIn(line)?.failureClass).toBe(failureClass);
});

test.each([
    'rbd: rbd0: breaking header lock owned by client4123',
    'libceph: mon0 (1)10.77.0.10:6789 session established',
    'libceph: mon1 (1)10.77.0.11:6789 connect error',
    'EXT4-fs (rbd0): mounted filesystem with ordered data mode',
])('%s is no complaint', (line) => {
    expect(complaintIn(line)).toBeUndefined();
});
