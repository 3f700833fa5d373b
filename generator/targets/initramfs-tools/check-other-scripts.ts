import type { Code } from '../../diagnostics/catalogue.ts';
import type { Statement, Word } from '../../sh/ast.ts';
import {
    all,
    command,
    initramfsProgram,
    inspect,
    not,
    perform,
    succeeds,
    when,
} from '../../sh/build.ts';
import { word } from '../../sh/word.ts';
import { destination, stop } from './hook-words.ts';

const grep = initramfsProgram('grep');

/** A line that sets IFDOWN to none, in the configuration of dropbear-initramfs. */
export const ifdownNone = /^[ \t]*IFDOWN=["']?none["']?[ \t]*(#.*)?$/m;

/** A line with a command that takes a NIC or its addresses away. */
export const takesDown = /^[^#]*ip +(link|addr|address) .*(down|flush)/m;

/** What to do about a boot script of another package, as an administrator types it in the root. */
export const cures = Object.freeze({
    RB312: 'echo IFDOWN=none >> /etc/dropbear/initramfs/dropbear.conf',
    // The copy goes first for its mode, and nothing here needs /dev, which a chroot may lack.
    RB313:
        'cp /usr/share/initramfs-tools/scripts/local-bottom/clevis /etc/initramfs-tools/scripts/local-bottom/' +
        " && sed -i '/^for iface/,/^done/d' /etc/initramfs-tools/scripts/local-bottom/clevis",
} satisfies Partial<Readonly<Record<Code, string>>>);

/**
 * Stops mkinitramfs where a boot script of another package would take the NIC of the root down
 * before the system starts: dropbear-initramfs (scripts/init-bottom/dropbear) and clevis-initramfs
 * (scripts/local-bottom/clevis) do so when the root is not on NFS. What is in the initrd counts:
 * mkinitramfs has put the scripts there before it runs hooks, those of /etc over those of packages.
 */
export function checkOtherScripts(): readonly Statement[] {
    const dropbear = word`${destination}/scripts/init-bottom/dropbear`;
    const settings = word`${destination}/etc/dropbear/dropbear.conf`;
    const clevis = word`${destination}/scripts/local-bottom/clevis`;
    return [
        when(all(inspect('-e', dropbear), not(finds(ifdownNone, settings))), [
            perform(stop, refusal('RB312', 'dropbear-initramfs')),
        ]),
        when(finds(takesDown, clevis), [perform(stop, refusal('RB313', 'clevis-initramfs'))]),
    ];
}

/** The pattern is one that JavaScript and grep -E read alike, tabs aside. */
function finds({ source }: RegExp, file: Word) {
    const text = source.replaceAll('[ \\t]', '[[:space:]]');
    return succeeds(command(grep, ['-q', '-s', '-E', text, file]));
}

function refusal(code: keyof typeof cures, name: string): string {
    return `${code}: ${name} takes the NIC of the root down before the system starts; to do: ${cures[code]}`;
}
