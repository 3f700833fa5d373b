import { accepted, type Parsed, refused } from './parsed.ts';

/** How the LUKS container on the image is opened. */
export type Luks =
    /** A person types a passphrase at the console. */
    | { readonly kind: 'passphrase'; readonly tries: number }
    /** @param file absolute path, on the machine that runs rbdboot. */
    | { readonly kind: 'key-file'; readonly file: string }
    /** cryptsetup-initramfs opens it, as the root's own /etc/crypttab says. */
    | { readonly kind: 'crypttab' };

/** How a configuration writes it. */
export type LuksText =
    | 'passphrase'
    | 'crypttab'
    | { readonly tries: number }
    | { readonly keyFile: string };

/** As often as cryptsetup itself asks (cryptsetup-open(8), --tries). */
export const defaultTries = 3;

/** The name of the opened container, as crypttab(5) names its targets. */
export const luksTarget = 'root';

/** Where the key is in the root and in the initrd, in base64: a key file may hold any bytes. */
export const luksKeyFile = '/etc/rbdboot/luks-key';

export function parseTries(tries: number): Parsed<number> {
    return Number.isInteger(tries) && tries >= 1 && tries <= 10
        ? accepted(tries)
        : refused('a passphrase is asked for 1 to 10 times, which is a whole number');
}
