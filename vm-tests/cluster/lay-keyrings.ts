import { writeFile } from 'node:fs/promises';
import { type Credential, printKeyring } from './key.ts';

/** Puts keyrings where `rbdboot` looks for them, seen in this namespace alone. */
export async function layKeyrings(credentials: readonly Credential[]): Promise<void> {
    for (const credential of credentials) {
        await writeFile(
            `/etc/ceph/ceph.${credential.entity}.keyring`,
            printKeyring([{ ...credential, caps: {} }]),
            { mode: 0o600 },
        );
    }
}
