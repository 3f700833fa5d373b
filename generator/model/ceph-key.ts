import { isOlder, type KernelVersion, printKernelVersion, since } from './kernel-version.ts';
import { accepted, type Parsed, refused } from './parsed.ts';

declare const brand: unique symbol;

/** A CephX secret in base64. Never print one: it may stand in files of mode 0600 only. */
export type CephKey = string & { readonly [brand]: 'CephKey' };

/** How the secret of a key is used: AES-128 of old, or AES-256 with a Kerberos key derivation. */
export type CephKeyType = 'aes' | 'aes256k';

// src/include/ceph_fs.h, CEPH_CRYPTO_AES and CEPH_CRYPTO_AES256KRB5.
const types: Readonly<Record<number, CephKeyType>> = { 1: 'aes', 2: 'aes256k' };

/** Bytes before the secret itself. */
const headerLength = 12;

/** The kernel that first knows keys of type aes256k (net/ceph/crypto.c). */
const aes256kSince = since('7.0');

/**
 * Reads the secret of a keyring entry: two bytes of type (1 = aes, 2 = aes256k), eight of time, two
 * of length, then the key (src/auth/Crypto.cc, CryptoKey::encode).
 *
 * The reasons of a refusal never repeat the text, since it may be a key with a typing error.
 *
 * @param kernel the one that will use the key; absent if it is not known, and then a key of type
 * aes256k is refused, since most kernels do not know it.
 */
export function parseCephKey(text: string, kernel?: KernelVersion): Parsed<CephKey> {
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) {
        return refused('a key is one word of base64');
    }
    const bytes = Buffer.from(text, 'base64');
    if (bytes.length < headerLength || bytes.length !== headerLength + bytes.readUInt16LE(10)) {
        return refused('its length does not fit its contents: the key was cut or changed');
    }
    const type = keyTypeOf(text);
    if (type === undefined) {
        return refused('rbdboot does not know its type; the types are aes and aes256k');
    }
    return type === 'aes256k' && !knowsAes256k(kernel)
        ? refused(
              `it is of type aes256k, and ${printReader(kernel)} knows the type aes alone:` +
                  ' make one with "ceph auth get-or-create --key-type=aes"',
          )
        : accepted(text as CephKey);
}

/** The type of a well-formed key; `undefined` for one that is damaged or of another type. */
export function keyTypeOf(text: string): CephKeyType | undefined {
    const bytes = Buffer.from(text, 'base64');
    return bytes.length < headerLength ? undefined : types[bytes.readUInt16LE(0)];
}

function knowsAes256k(kernel: KernelVersion | undefined): boolean {
    return kernel !== undefined && !isOlder(kernel, aes256kSince);
}

function printReader(kernel: KernelVersion | undefined): string {
    return kernel === undefined
        ? 'a kernel before 7.0 (the configuration names none, under "kernel")'
        : `kernel ${printKernelVersion(kernel)}`;
}
