import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { type Daemon, startDaemon, whileRunning } from '../children.ts';
import { radosClasses } from '../programs.ts';
import { type Credential, makeKey, printKeyring } from './key.ts';

/** What a cluster is made of. */
export interface ClusterPlan {
    readonly fsid: string;
    /**
     * Address of the one monitor, without port. All of the cluster has its family: kernels do not
     * take an OSD that has addresses of both (ceph_decode_entity_addrvec in net/ceph/decode.c).
     */
    readonly monitor: string;
    /** Port of the older protocol, the one that kernels speak by default. */
    readonly port: number;
    readonly clients: readonly Credential[];
    /** A directory in memory, for the stores and the administrator's keyring. */
    readonly state: string;
    /** A directory that stays, for the logs. */
    readonly logs: string;
}

/** What the cluster's administrator needs to run commands. */
export interface ClusterAccess {
    readonly fsid: string;
    /** Configuration file, for `ceph --conf`. */
    readonly conf: string;
}

/** A running cluster of one monitor and one OSD, which keeps its objects in memory. */
export interface Cluster {
    readonly access: ClusterAccess;
    readonly daemons: readonly Daemon[];
}

/** Bytes that the OSD takes at the most. */
const capacity = 8 * 1024 ** 3;

/**
 * Makes and starts a cluster, in about 3 s.
 *
 * @throws Error with the end of its log if a daemon ends, or with what a Ceph program said.
 */
export async function startCluster(plan: ClusterPlan): Promise<Cluster> {
    const { state, logs } = plan;
    await mkdir(logs, { recursive: true });
    await mkdir(join(state, 'mon'), { recursive: true });
    await mkdir(join(state, 'osd'), { recursive: true });
    const osd: Credential = {
        entity: 'osd.0',
        key: makeKey(),
        caps: { mon: 'allow profile osd', osd: 'allow *', mgr: 'allow profile osd' },
    };
    const administrator: Credential = {
        entity: 'client.admin',
        key: makeKey(),
        caps: { mon: 'allow *', osd: 'allow *', mgr: 'allow *', mds: 'allow *' },
    };
    const monitor = { entity: 'mon.', key: makeKey(), caps: { mon: 'allow *' } };
    const conf = join(state, 'ceph.conf');
    const secret = { mode: 0o600 };
    await writeFile(conf, configuration(plan));
    await writeFile(join(state, 'client.admin.keyring'), printKeyring([administrator]), secret);
    await writeFile(join(state, 'osd', 'keyring'), printKeyring([osd]), secret);
    const all = [monitor, administrator, osd, ...plan.clients];
    await writeFile(join(state, 'initial.keyring'), printKeyring(all), secret);

    const common = ['--conf', conf, '--id'] as const;
    const osdUuid = randomUUID();
    await Promise.all([
        execa('ceph-mon', [...common, 'a', '--mkfs', '--keyring', join(state, 'initial.keyring')]),
        execa('ceph-osd', [...common, '0', '--mkfs', '--osd-uuid', osdUuid, '--no-mon-config']),
    ]);
    const mon = startDaemon(
        'ceph-mon',
        ['ceph-mon', ...common, 'a', '--foreground'],
        join(logs, 'ceph-mon.out'),
    );
    // The program is slow to start, and reads any number of commands from its standard input.
    await whileRunning(mon, execa('ceph', ['--conf', conf], { input: `osd new ${osdUuid} 0\n` }));
    const osdDaemon = startDaemon(
        'ceph-osd',
        ['ceph-osd', ...common, '0', '--foreground'],
        join(logs, 'ceph-osd.out'),
    );
    return { access: { fsid: plan.fsid, conf }, daemons: [mon, osdDaemon] };
}

function configuration({ fsid, monitor, port, state, logs }: ClusterPlan): string {
    const six = isIPv6(monitor);
    const host = six ? `[${monitor}]` : monitor;
    return `[global]
fsid = ${fsid}
mon initial members = a
mon host = [v2:${host}:3300/0,v1:${host}:${port}/0]
public addr = ${monitor}
ms bind ipv4 = ${!six}
ms bind ipv6 = ${six}
run dir = ${state}
admin socket =
log file = ${join(logs, '$name.log')}
keyring = ${join(state, '$name.keyring')}
osd class dir = ${radosClasses}
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
rbd default features = 5

[mon]
mon data = ${join(state, 'mon')}
keyring = ${join(state, 'mon', 'keyring')}
mon allow pool size one = true
mon warn on pool no redundancy = false
mon data avail warn = 1
mon data avail crit = 0
# Changes of the maps reach the daemons after 0.05 s, not after 1 s.
paxos propose interval = 0.05
mon osd initial require min compat client = nautilus

[osd]
osd data = ${join(state, 'osd')}
keyring = ${join(state, 'osd', 'keyring')}
osd objectstore = memstore
memstore device bytes = ${capacity}
`;
}
