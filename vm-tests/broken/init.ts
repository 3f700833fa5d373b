/** Directories that an init of an initramfs finds empty, or not at all. */
const beginning = `export PATH=/usr/sbin:/usr/bin
mkdir -p /dev /proc /sys
mount -t devtmpfs dev /dev
mount -t proc proc /proc
mount -t sysfs sys /sys
`;

/** What an init does that does nothing any more, with its processor idle. */
export const waitForEver = `while :; do
    sleep 3600
done
`;

/** An init in the place of the one of the initramfs, for `programs` of a boot. */
export function initThat(body: string): { readonly init: string } {
    return { init: `#!/bin/sh\n${beginning}${body}` };
}

/**
 * Runs commands as the first process of the system on the image: the initramfs has done all of its
 * work, and systemd is not waited for.
 *
 * @param commands on one line, without double quotes.
 */
export function insteadOfSystemd(commands: string): (commandLine: string) => string {
    return (line) => `${line} init=/bin/sh -- -c "${commands}"`;
}
