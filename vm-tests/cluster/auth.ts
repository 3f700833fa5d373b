import { execa } from 'execa';
import { type Credential, printKeyring } from './key.ts';
import type { ClusterAccess } from './start.ts';

/** Gives a client of the cluster another key, or its own one back. */
export async function importCredential(
    { conf }: ClusterAccess,
    credential: Credential,
): Promise<void> {
    await execa('ceph', ['--conf', conf, 'auth', 'import', '-i', '-'], {
        input: printKeyring([credential]),
    });
}
