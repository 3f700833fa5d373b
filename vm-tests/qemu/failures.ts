import { classOfReport } from '../report/code-classes.ts';
import { BootFailure, type FailureClass } from '../report/failure-class.ts';

/** A console line, what it means, and where to look for the fault. */
type Meaning = readonly [pattern: RegExp, meaning: string, failureClass: FailureClass];

/** Lines after which a machine will not come up; the more telling first. */
const fatal: readonly Meaning[] = [
    [/rbdboot\[[a-z-]+\] RB\d{3}:/, 'a boot script reported a failure', 'kernel'],
    [
        /Kernel panic - not syncing: IO-APIC \+ timer doesn't work/,
        'this computer was too busy to let the clock of the machine tick',
        'infra',
    ],
    [
        /Initramfs unpacking failed/,
        'the initrd is cut off, or not what it was when it was made',
        'kernel-load',
    ],
    [
        /Kernel panic - not syncing: (?:VFS|No working init|Attempted to kill init)/,
        'the kernel panicked',
        'switchroot',
    ],
    [/Kernel panic - not syncing/, 'the kernel panicked', 'kernel'],
    [
        /No bootable device|No more network devices/,
        'the firmware found nothing to boot',
        'firmware',
    ],
    [
        /Could not boot|Could not start download|https?:\S+\.\.\. (?!ok)\D/,
        'iPXE could not go on',
        'http',
    ],
    [
        /ALERT!.*does not exist|Gave up waiting for root/,
        'the initramfs did not find the root',
        'fs',
    ],
    [/No root device specified/, 'the initramfs had nothing to mount', 'fs'],
    [/No init found/, 'the root has nothing to start', 'switchroot'],
    [/emergency mode/, 'systemd stopped in emergency mode', 'userspace'],
    [/EXT4-fs error|Remounting filesystem read-only/, 'the root file system failed', 'fs'],
    [/I\/O error, dev rbd|rbd: .*result -\d+/, 'the image could not be read or written', 'osd'],
    [/libceph: .*bad crc/, 'the connection to the cluster failed', 'net'],
    [/blocklisted/, 'the cluster has fenced the machine', 'lock'],
    [/Oops: |BUG: |general protection fault/, 'the kernel failed', 'kernel'],
];

/** Prompts, which are lines that do not end, of what waits for a person where none should be needed. */
const prompts: readonly Meaning[] = [
    [/^\(initramfs\)/, 'the initramfs gave up and opened a shell', 'fs'],
    [/Give root password for maintenance/, 'systemd stopped in emergency mode', 'userspace'],
];

/** What a complete line of the console says about a machine that will not come up. */
export function failureIn(line: string): BootFailure | undefined {
    return meaningOf(line, [...fatal, ...prompts]);
}

/** Where to look for what the most telling of these lines says of a machine that did not come up. */
export function classOfFailureIn(lines: readonly string[]): FailureClass | undefined {
    return fatal.find(([pattern]) => lines.some((line) => pattern.test(line)))?.[2];
}

/**
 * What a line says that has not ended, if it is a prompt. Of any other line the rest is yet to come,
 * and half of it may look like something else: `boot.ipxe... o` is about to become `... ok`.
 */
export function promptIn(rest: string): BootFailure | undefined {
    return meaningOf(rest, prompts);
}

function meaningOf(line: string, meanings: readonly Meaning[]): BootFailure | undefined {
    const found = meanings.find(([pattern]) => pattern.test(line));
    if (found === undefined) {
        return undefined;
    }
    const [, meaning, failureClass] = found;
    return new BootFailure(classOfReport(line) ?? failureClass, `${meaning}: ${line.trim()}`);
}
