import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { printConfiguration } from './configuration.ts';
import { type ClusterDaemon, clusterDaemon } from './daemon.ts';
import { type Credential, makeKey, printKeyring } from './key.ts';
import { addressesOf, type ClusterPlan, monitorIds, osdIds } from './plan.ts';

/** What the cluster's administrator needs to run commands. */
export interface ClusterAccess {
    readonly fsid: string;
    /** Configuration file, for `ceph --conf`. */
    readonly conf: string;
}

/** A running cluster. */
export interface Cluster {
    readonly access: ClusterAccess;
    /** In the order of their addresses in the plan. */
    readonly monitors: readonly ClusterDaemon[];
    readonly osds: readonly ClusterDaemon[];
    /** Rejects when one of them ends without having been told to; never settles otherwise. */
    readonly broken: Promise<never>;
    /** Ends all of them at once. */
    readonly stop: () => Promise<void>;
}

/**
 * Makes and starts a cluster: 1 s for one monitor and one OSD, 2 to 4 s for three of each.
 *
 * @throws Error with the end of its log if a daemon ends, or with what a Ceph program said.
 */
export async function startCluster(plan: ClusterPlan): Promise<Cluster> {
    const { logs, state } = plan;
    const conf = join(state, 'ceph.conf');
    await mkdir(logs, { recursive: true });
    await mkdir(state, { recursive: true });
    await writeFile(conf, printConfiguration(plan));
    const commands = await makeStores(plan, conf);

    const daemonOf = (kind: 'mon' | 'osd') => (id: string) =>
        clusterDaemon(
            `${kind}.${id}`,
            [`ceph-${kind}`, '--conf', conf, '--id', id, '--foreground'],
            join(logs, `ceph-${kind}.${id}.out`),
        );
    const monitors = monitorIds(plan).map(daemonOf('mon'));
    const osds = osdIds(plan).map(daemonOf('osd'));
    const broken = Promise.race([...monitors, ...osds].map((daemon) => daemon.broken));
    broken.catch(() => {});
    const stop = async () => {
        await Promise.all([...monitors, ...osds].map((daemon) => daemon.kill()));
    };
    try {
        for (const monitor of monitors) {
            monitor.start();
        }
        // The program is slow to start, and reads any number of commands from its standard input.
        const told = execa('ceph', ['--conf', conf], { input: commands.join('\n') });
        await Promise.race([broken, told]);
        for (const osd of osds) {
            osd.start();
        }
    } catch (error) {
        await stop();
        throw error;
    }
    return { access: { fsid: plan.fsid, conf }, monitors, osds, broken, stop };
}

/**
 * Makes the stores of all daemons, and keyrings.
 *
 * @returns the commands that tell the monitors of the OSDs.
 */
async function makeStores(plan: ClusterPlan, conf: string): Promise<readonly string[]> {
    const { state } = plan;
    const osds = osdIds(plan).map((id) => ({ id, uuid: randomUUID(), credential: ofOsd(id) }));
    const administrator: Credential = {
        entity: 'client.admin',
        key: makeKey(),
        caps: { mon: 'allow *', osd: 'allow *', mgr: 'allow *', mds: 'allow *' },
    };
    const monitor = { entity: 'mon.', key: makeKey(), caps: { mon: 'allow *' } };
    const credentials = osds.map(({ credential }) => credential);
    const all = [monitor, administrator, ...credentials, ...plan.clients];
    const keyring = join(state, 'initial.keyring');
    const secret = { mode: 0o600 };
    await writeFile(keyring, printKeyring(all), secret);
    await writeFile(join(state, 'client.admin.keyring'), printKeyring([administrator]), secret);
    const monmap = await makeMonmap(plan);

    const withId = (id: string) => ['--conf', conf, '--id', id, '--mkfs'];
    await Promise.all([
        ...monitorIds(plan).map(async (id) => {
            await mkdir(join(state, `mon.${id}`), { recursive: true });
            const from = ['--keyring', keyring, '--monmap', monmap];
            await execa('ceph-mon', [...withId(id), ...from]);
        }),
        ...osds.map(async ({ id, uuid, credential }) => {
            const directory = join(state, `osd.${id}`);
            await mkdir(directory, { recursive: true });
            await writeFile(join(directory, 'keyring'), printKeyring([credential]), secret);
            await execa('ceph-osd', [...withId(id), '--osd-uuid', uuid, '--no-mon-config']);
        }),
    ]);
    return osds.map(({ id, uuid }) => `osd new ${uuid} ${id}\n`);
}

/**
 * With their names and ranks from the start: of monitors that make the map of one another out of
 * `mon host`, Ceph 16.2 loses one now and then to a failed assertion (ConnectionTracker::notify_rank_changed).
 */
async function makeMonmap(plan: ClusterPlan): Promise<string> {
    const file = join(plan.state, 'monmap');
    const ids = monitorIds(plan);
    const members = plan.monitors.flatMap((monitor, index) => [
        '--addv',
        ids[index] ?? '',
        addressesOf(monitor),
    ]);
    const release = ['--set-min-mon-release', 'pacific'];
    await execa('monmaptool', ['--create', '--fsid', plan.fsid, ...release, ...members, file]);
    return file;
}

function ofOsd(id: string): Credential {
    return {
        entity: `osd.${id}`,
        key: makeKey(),
        caps: { mon: 'allow profile osd', osd: 'allow *', mgr: 'allow profile osd' },
    };
}
