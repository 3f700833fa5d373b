import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A keyring entry. The key is a secret: it may stand in files of mode 0600 only. */
export interface Credential {
    /** `client.desks` */
    readonly entity: string;
    /** Base64. */
    readonly key: string;
    /** By service, as `ceph auth caps` takes them: `{ mon: 'profile rbd' }`. */
    readonly caps: Readonly<Record<string, string>>;
}

/** A new random CephX key of type aes (src/auth/Crypto.cc, CryptoKey::encode). */
export function makeKey(now: Date = new Date()): string {
    const header = Buffer.alloc(12);
    header.writeUInt16LE(1, 0);
    header.writeUInt32LE(Math.floor(now.getTime() / 1000), 2);
    header.writeUInt16LE(16, 10);
    return Buffer.concat([header, randomBytes(16)]).toString('base64');
}

/** A keyring file as the Ceph programs read it. */
export function printKeyring(credentials: readonly Credential[]): string {
    return credentials
        .map(({ entity, key, caps }) =>
            [
                `[${entity}]`,
                `\tkey = ${key}`,
                ...Object.entries(caps).map(([service, text]) => `\tcaps ${service} = "${text}"`),
                '',
            ].join('\n'),
        )
        .join('');
}

/** The key in the first entry of a keyring file that has one. */
export function keyIn(keyring: string): string | undefined {
    return /^\s*key\s*=\s*(?<key>\S+)/m.exec(keyring)?.groups?.key;
}

/**
 * The credential in a keyring file, which is made with a random key if it is not there. So the
 * images made with it stay valid, and no two checkouts share a key.
 */
export async function keptCredential(
    path: string,
    entity: string,
    caps: Credential['caps'],
): Promise<Credential> {
    const kept = keyIn(await readFile(path, 'utf8').catch(() => ''));
    const credential = { entity, key: kept ?? makeKey(), caps };
    if (kept === undefined) {
        await writeFile(path, printKeyring([{ ...credential, caps: {} }]), { mode: 0o600 });
    }
    return credential;
}

/** The credential of each client that has caps, kept in a directory with what is made with them. */
export async function keptCredentials(
    directory: string,
    caps: ReadonlyMap<string, Credential['caps']>,
): Promise<readonly Credential[]> {
    return Promise.all(
        [...caps].map(([entity, granted]) =>
            keptCredential(keyringPath(directory, entity), entity, granted),
        ),
    );
}

/** Where a kept credential is. */
export function keyringPath(directory: string, entity: string): string {
    return join(directory, `${entity}.keyring`);
}
