import { accepted, type Parsed, refused } from './parsed.ts';

declare const brand: unique symbol;

/** A CephX secret in base64. Never print one: it may stand in files of mode 0600 only. */
export type CephKey = string & { readonly [brand]: 'CephKey' };

/**
 * Reads the secret of a keyring entry: two bytes of type (1 = AES), eight of time, two of length,
 * then the key (src/auth/Crypto.cc, CryptoKey::encode).
 *
 * The reasons of a refusal never repeat the text, since it may be a key with a typing error.
 */
export function parseCephKey(text: string): Parsed<CephKey> {
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) {
        return refused('a key is one word of base64');
    }
    const bytes = Buffer.from(text, 'base64');
    if (bytes.length < 12 || bytes.length !== 12 + bytes.readUInt16LE(10)) {
        return refused('its length does not fit its contents: the key was cut or changed');
    }
    if (bytes.readUInt16LE(0) !== 1) {
        return refused(
            'it is not of type aes, which is the only one that kernels before 7.0 know:' +
                ' make one with "ceph auth get-or-create --key-type=aes"',
        );
    }
    return accepted(text as CephKey);
}
