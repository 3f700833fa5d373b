import { accepted, type Parsed, refused } from './parsed.ts';

/**
 * Reads one extra word of the kernel command line: `console=ttyS0,115200`.
 *
 * The word passes through an iPXE script, whose `kernel` line splits at white space, expands
 * `${…}`, and knows comments and `||`, and ends in `/proc/cmdline`, which every user of the machine may read. Hence no white
 * space, no quotes, and nothing that looks like a secret.
 */
export function parseKernelArgument(text: string): Parsed<string> {
    if (/[^\x21-\x7e]/.test(text) || text === '') {
        return refused('one entry is one word of printable ASCII characters without white space');
    }
    if (/['"`\\]/.test(text)) {
        return refused('quotes and backslashes have no fixed meaning on the kernel command line');
    }
    const special = ['${', '{', '}', '#', '||', '&&'].find((one) => text.includes(one));
    if (special !== undefined) {
        return refused(
            `"${special}" has a meaning of its own in the iPXE script that it passes through`,
        );
    }
    if (!/^[A-Za-z0-9_]/.test(text)) {
        return refused('a kernel argument begins with a letter, a digit or "_"');
    }
    if (text.startsWith('rbdboot.')) {
        return refused('rbdboot itself writes the arguments that begin with "rbdboot."');
    }
    const elsewhere = decidedElsewhere[text.split('=')[0] ?? ''];
    if (elsewhere !== undefined) {
        return refused(elsewhere);
    }
    if (isSecret(text)) {
        return refused('it holds a key, and every user of the machine can read /proc/cmdline');
    }
    return accepted(text);
}

/** Arguments that the boot scripts decide, so that on the command line they would have no effect. */
const decidedElsewhere: Readonly<Record<string, string>> = Object.freeze({
    // When root is mounted, init of Debian 13 would configure any NIC once more (initramfs-tools
    // 0.148, configure_networking).
    ip: 'write "address": the boot script sets it, and init would ask for another one besides',
    root: 'the root is found on the mapped image: leave it out',
    rootfstype: 'write "filesystem"',
    rootflags: 'write "rootFlags", one option an entry',
    ro: 'rbdboot writes it for a snapshot',
    rw: 'rbdboot writes it for an image',
});

/** `secret=…` and its like, the older `rbdroot=` grammar with its key field, and a bare CephX key. */
function isSecret(text: string): boolean {
    return (
        /(^|[._,-])(key|secret|password|passwd|passphrase)=/i.test(text) ||
        /^rbdroot=/.test(text) ||
        /AQ[A-Za-z0-9+/]{36}==/.test(text)
    );
}
