import { BootFailure, type FailureClass } from '../report/failure-class.ts';

/**
 * Console lines of a machine that goes on, and of which something is wrong all the same. The client
 * of Ceph in the kernel speaks in net/ceph and drivers/block/rbd.c.
 *
 * Not among them: `breaking header lock`, since each machine that lost its power does that at its
 * next boot, and `connect error` or `socket closed`, which a monitor that is down leaves behind.
 */
const signs: readonly (readonly [RegExp, FailureClass])[] = [
    [/libceph: .*(?:bad tag|wrong peer|socket error|protocol version mismatch)/, 'net'],
    [/rbd: .*(?:failed to|encountered watch error)/, 'osd'],
    [/NETDEV WATCHDOG/, 'net'],
    [/task \S+ blocked for more than \d+ seconds/, 'kernel'],
    [/WARNING: CPU: \d+ PID: \d+/, 'kernel'],
    [/Out of memory: Killed process|oom-kill:/, 'kernel'],
    // The processors of this machine were needed elsewhere.
    [/soft lockup|rcu: INFO: \S+ (?:self-)?detected .*stall/, 'infra'],
    [/segfault at [0-9a-f]+ ip|core dumped/, 'userspace'],
    [/XFS \(\S+\): (?:Corruption|metadata I\/O error)|BTRFS (?:critical|error)/, 'fs'],
];

/** What a line of the console complains of, if it does. */
export function complaintIn(line: string): BootFailure | undefined {
    const failureClass = signs.find(([pattern]) => pattern.test(line))?.[1];
    return failureClass === undefined
        ? undefined
        : new BootFailure(failureClass, `the console complains: ${line.trim()}`);
}
