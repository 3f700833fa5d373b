import type { CephKey } from './ceph-key.ts';
import type { ClientName } from './names.ts';

/** Where the key of a client is, in a root and in an initrd: Ceph's own place (ceph(8)). */
export function keyringPath(client: ClientName): `/${string}` {
    return `/etc/ceph/ceph.client.${client}.keyring`;
}

/** The one form of a keyring that the boot script reads: a tab, "key = ", the key. */
export function printKeyring(client: ClientName, key: CephKey): string {
    return `[client.${client}]\n\tkey = ${key}\n`;
}
