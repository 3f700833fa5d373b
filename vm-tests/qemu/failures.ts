/** Console lines after which a machine will not come up, with what they mean. */
const fatal: readonly (readonly [RegExp, string])[] = [
    [/Kernel panic - not syncing/, 'the kernel panicked'],
    [/rbdboot\[[a-z-]+\] RB\d{3}:/, 'a boot script reported a failure'],
    [/No bootable device|No more network devices/, 'the firmware found nothing to boot'],
    [/Could not boot|Could not start download|https?:\S+\.\.\. (?!ok)\D/, 'iPXE could not go on'],
    [/ALERT!.*does not exist|Gave up waiting for root/, 'the initramfs did not find the root'],
    [/No root device specified|No init found/, 'the initramfs had nothing to mount'],
    [/emergency mode/, 'systemd stopped in emergency mode'],
    [/EXT4-fs error|Remounting filesystem read-only/, 'the root file system failed'],
    [/I\/O error, dev rbd|rbd: .*result -\d+/, 'the image could not be read or written'],
    [/libceph: .*bad crc|blocklisted/, 'the connection to the cluster failed'],
    [/Oops: |BUG: |general protection fault/, 'the kernel failed'],
];

/** Prompts, which are lines that do not end, of what waits for a person where none should be needed. */
const prompts: readonly (readonly [RegExp, string])[] = [
    [/^\(initramfs\)/, 'the initramfs gave up and opened a shell'],
    [/Give root password for maintenance/, 'systemd stopped in emergency mode'],
];

/**
 * What a complete line of the console says about a machine that will not come up.
 *
 * @param allowed a scenario that waits for a failure names the lines it waits for.
 */
export function failureIn(line: string, allowed?: RegExp): string | undefined {
    if (allowed?.test(line)) {
        return undefined;
    }
    return meaningOf(line, [...fatal, ...prompts]);
}

/**
 * What a line says that has not ended, if it is a prompt. Of any other line the rest is yet to come,
 * and half of it may look like something else: `boot.ipxe... o` is about to become `... ok`.
 */
export function promptIn(rest: string): string | undefined {
    return meaningOf(rest, prompts);
}

function meaningOf(line: string, meanings: typeof fatal): string | undefined {
    const meaning = meanings.find(([pattern]) => pattern.test(line))?.[1];
    return meaning === undefined ? undefined : `${meaning}: ${line.trim()}`;
}
