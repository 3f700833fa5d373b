import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askUntil } from '../ask-until.ts';
import { startDaemon, whileRunning } from '../children.ts';
import type { Lab } from '../lab.ts';
import { ceph } from './truth.ts';

/** The CephFS file system of the lab, which is made when a scenario needs it. */
export const fileSystem = 'cephfs';

/** Seconds that a daemon may take until it serves. */
const patience = 120;

/** Makes the file system in the lab's cluster and starts its metadata server; 5 s. */
export async function startFileSystem({ cluster, logs, state }: Lab): Promise<void> {
    const [metadata, data] = [`${fileSystem}_metadata`, `${fileSystem}_data`];
    for (const pool of [metadata, data]) {
        await ceph(cluster, 'osd', 'pool', 'create', pool, '8', '8');
    }
    await ceph(cluster, 'fs', 'new', fileSystem, metadata, data);
    const caps = ['mon', 'allow profile mds', 'osd', 'allow rwx', 'mds', 'allow'];
    const { stdout } = await ceph(cluster, 'auth', 'get-or-create', 'mds.a', ...caps);
    const directory = join(state, 'ceph', 'mds');
    await mkdir(directory, { recursive: true });
    await writeFile(join(state, 'ceph', 'mds.a.keyring'), `${stdout}\n`, { mode: 0o600 });
    const daemon = startDaemon(
        'ceph-mds',
        ['ceph-mds', '--conf', cluster.conf, '--id', 'a', '--mds-data', directory, '--foreground'],
        join(logs, 'ceph-mds.out'),
    );
    await whileRunning(
        daemon,
        askUntil(
            { seconds: patience },
            async () => (await ceph(cluster, 'mds', 'stat')).stdout,
            (state) => state.includes('up:active'),
            (state) => `the metadata server is not active: ${state}`,
        ),
    );
}

/**
 * Gives a client what `ceph fs authorize` gives, and puts its keyring where programs look for it.
 *
 * @returns its key.
 */
export async function authorize(
    { cluster }: Lab,
    client: string,
    ...caps: readonly string[]
): Promise<string> {
    const entity = `client.${client}`;
    const { stdout } = await ceph(cluster, 'fs', 'authorize', fileSystem, entity, ...caps);
    await writeFile(`/etc/ceph/ceph.${entity}.keyring`, `${stdout}\n`, { mode: 0o600 });
    return /key = (\S+)/.exec(stdout)?.[1] ?? '';
}

/** Mounts the file system here with ceph-fuse, as a boot server does. */
export async function mountFileSystem(
    { cluster, logs }: Lab,
    client: string,
    keyring: string,
    directory: string,
): Promise<void> {
    await mkdir(directory, { recursive: true });
    const before = (await stat(directory)).dev;
    const daemon = startDaemon(
        'ceph-fuse',
        [
            'ceph-fuse',
            ...['--conf', cluster.conf, '--name', `client.${client}`, '--keyring', keyring],
            ...['-f', directory],
        ],
        join(logs, `ceph-fuse-${client}.out`),
    );
    await whileRunning(
        daemon,
        askUntil(
            { seconds: patience },
            async () => (await stat(directory)).dev,
            (device) => device !== before,
            () => `the file system is not mounted for ${client}`,
        ),
    );
}

/** The administrator's keyring. */
export function administratorKeyring({ state }: Lab): string {
    return join(state, 'ceph', 'client.admin.keyring');
}
