import type { Observation } from '../journal.ts';

/** Where a boot went wrong, from the outside in. */
export type FailureClass =
    | 'harness'
    | 'firmware'
    | 'dhcp'
    | 'http'
    | 'kernel'
    | 'net'
    | 'mon'
    | 'auth'
    | 'osd'
    | 'lock'
    | 'luks'
    | 'fs'
    | 'switchroot'
    | 'userspace'
    | 'shutdown';

/** What a code on the console means for whoever looks for the fault. */
const codes: Readonly<Record<string, FailureClass>> = {
    RB201: 'kernel',
    RB202: 'net',
    RB203: 'net',
    RB204: 'auth',
    RB205: 'mon',
    RB206: 'osd',
    RB207: 'auth',
    RB208: 'lock',
    RB211: 'dhcp',
    RB212: 'net',
    RB213: 'auth',
    RB214: 'auth',
    RB215: 'mon',
};

/** Lines that tell by themselves, the most telling first. */
const signs: readonly (readonly [RegExp, FailureClass])[] = [
    [/Kernel panic - not syncing: VFS|No init found|switch_root/, 'switchroot'],
    [/Kernel panic|Oops: |BUG: |general protection fault/, 'kernel'],
    [/cryptsetup|No key available with this passphrase/, 'luks'],
    [/EXT4-fs error|XFS.*corruption|Remounting filesystem read-only|fsck.*failed/, 'fs'],
    [/I\/O error, dev rbd|rbd: .*result -\d+/, 'osd'],
    [/ALERT!.*does not exist|Gave up waiting for root/, 'fs'],
    [/emergency mode/, 'userspace'],
    [/https?:\S+\.\.\. (?!ok)\D/, 'http'],
];

/** The phase that a machine was in says where to look when nothing else does. */
const phases: readonly (readonly [RegExp, FailureClass])[] = [
    [/^multi-user$|^systemd$/, 'userspace'],
    [/^root is mounted$/, 'switchroot'],
    [/mount-root|unlock/, 'fs'],
    [/map-image/, 'mon'],
    [/network/, 'net'],
    [/^initramfs$|^kernel$/, 'kernel'],
    [/kernel is unpacked|iPXE: (script|kernel|initrd)/, 'http'],
    [/iPXE: lease/, 'dhcp'],
    [/firmware/, 'firmware'],
];

/**
 * The class of a failure: by the code that a boot script gave it, by a line that tells, or by how far
 * the machine had come.
 *
 * @param reached the names of the phases that it was in, the last one last.
 */
export function classify(
    observations: readonly Observation[],
    reached: readonly string[],
): FailureClass {
    const lines = observations.filter(({ source }) => source === 'console').map(({ text }) => text);
    const code = lines
        .map((line) => /^rbdboot\[[a-z-]+\] (?<code>RB\d{3}):/.exec(line)?.groups?.code)
        .findLast((found) => found !== undefined);
    const byCode = code === undefined ? undefined : codes[code];
    const bySign = signs.find(([pattern]) => lines.some((line) => pattern.test(line)))?.[1];
    const last = reached.at(-1);
    const byPhase = phases.find(([pattern]) => last !== undefined && pattern.test(last))?.[1];
    return byCode ?? bySign ?? byPhase ?? 'harness';
}
