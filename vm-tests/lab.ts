import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Host, Site } from '../generator/model/site.ts';
import { buildDirectory } from './build-directory.ts';
import { type Daemon, endedEarly } from './children.ts';
import { neededCaps } from './cluster/caps.ts';
import { type Credential, keptCredentials, keyringPath } from './cluster/key.ts';
import { layKeyrings } from './cluster/lay-keyrings.ts';
import { importImage, makePools } from './cluster/provision.ts';
import { type ClusterAccess, startCluster } from './cluster/start.ts';
import { Complaint } from './complaint.ts';
import { type MachineImage, machineImage } from './images/machine-image.ts';
import { makeBridge, type Network, planNetwork } from './network/bridge.ts';
import { startDnsmasq } from './network/dnsmasq.ts';
import { hostDirectory } from './network/host-script.ts';
import { startNginx } from './network/nginx.ts';
import { type Preparation, type Roots, rootNamed } from './preparation.ts';
import type { Accelerator } from './qemu/accelerator.ts';
import { runReleased } from './released.ts';

/** A running lab, as plain data: scenarios in other processes of the namespace read it. */
export interface Lab {
    readonly host: Host;
    readonly network: Network;
    /** What runs the code of its machines. */
    readonly accelerator: Accelerator;
    readonly cluster: ClusterAccess;
    readonly image: MachineImage;
    /** The credential of the host's client. */
    readonly credential: Credential;
    /** Bare Debian systems, by flavour. */
    readonly roots: Roots;
    /** What DHCP, TFTP and HTTP serve. */
    readonly served: string;
    /** Process ids of what a scenario may stop for a while. */
    readonly daemons: { readonly monitor: number; readonly osd: number; readonly dhcp: number };
    /** Where this run's files are, on the disk. */
    readonly directory: string;
    /** A directory with a short path, in memory. */
    readonly state: string;
    readonly logs: string;
    readonly serverLogs: { readonly dhcp: string; readonly http: string };
}

/** A lab and the processes it is made of. */
export interface RunningLab {
    readonly lab: Lab;
    /** Rejects when one of the processes ends; never settles otherwise. */
    readonly broken: Promise<never>;
}

/** Mounted over in the namespace, so that nothing of the machine's own /run is in reach. */
export const state = '/run/rbdboot';

/**
 * Makes everything that a machine of the configuration needs around it: the network, the cluster as
 * the configuration describes it, the servers it boots from, and the image of the machine.
 *
 * Only for the first process in a namespace, which takes all of it away when it ends.
 *
 * @param progress gets a line at each thing that is done.
 * @param options whether the DHCP server takes its time as it does in a rack. Default: no.
 */
export async function startLab(
    { accelerator, config, directory, roots }: Preparation,
    site: Site,
    progress: (text: string) => void,
    { dhcpAsksFirst = false }: { readonly dhcpAsksFirst?: boolean } = {},
): Promise<RunningLab> {
    const host = site.hosts[0];
    const port = site.cluster.monitors[0]?.port;
    if (host === undefined || port === undefined) {
        throw new Complaint(`${config} describes no machine that could be booted`);
    }
    await execa('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'rbdboot', '/run']);
    // Where rbdboot looks for keyrings: those of the lab, in the place of the machine's own.
    await execa('mount', ['-t', 'tmpfs', '-o', 'mode=700', 'keyrings', '/etc/ceph']);
    const logs = join(directory, 'logs');
    const served = join(state, 'served');
    const scratch = join(state, 'scratch');
    for (const needed of [logs, served, scratch]) {
        await mkdir(needed, { recursive: true });
    }
    const network = planNetwork(site);
    await makeBridge(network);
    const { cache } = buildDirectory();
    const clients = await keptCredentials(cache, neededCaps(site));
    const credential = clients.find(({ entity }) => entity === `client.${host.client}`);
    if (credential === undefined) {
        throw new Error(`no credential for client.${host.client}`);
    }

    const starting = startCluster({
        fsid: site.cluster.fsid,
        monitors: [{ address: network.monitor, port }],
        osds: 1,
        store: 'memory',
        options: {},
        clients,
        state: join(state, 'ceph'),
        logs,
    }).then(async (cluster) => {
        await makePools(cluster.access, [host.image]);
        progress('the cluster is up');
        return cluster;
    });
    const making = machineImage({
        cache,
        scratch,
        base: rootNamed(roots, 'plain'),
        host: host.name,
        site,
        keyring: keyringPath(cache, credential.entity),
        progress,
    });
    const [cluster, image] = await Promise.all([starting, making]);
    await importImage(cluster.access, host.image, image.root);
    progress('the image is in the cluster');

    await layKeyrings(clients);
    await runReleased('ipxe', '--out', served, '--config', config);
    const machineDirectory = site.initrd === 'shared' ? served : hostDirectory(served, host.mac);
    await copyFile(image.kernel, join(machineDirectory, 'vmlinuz'));
    await copyFile(image.initrd, join(machineDirectory, 'initrd.img'));
    const servers = [
        await startDnsmasq(network, served, state, join(logs, 'dnsmasq.log'), dhcpAsksFirst),
        await startNginx(network, served, state, logs),
    ];
    const lab: Lab = {
        host,
        network,
        accelerator,
        cluster: cluster.access,
        image,
        credential,
        roots,
        served,
        daemons: {
            monitor: cluster.monitors[0]?.pid() ?? 0,
            osd: cluster.osds[0]?.pid() ?? 0,
            dhcp: servers[0]?.pid ?? 0,
        },
        directory,
        state,
        logs,
        serverLogs: { dhcp: join(logs, 'dnsmasq.log'), http: join(logs, 'nginx-access.log') },
    };
    const broken = Promise.race([cluster.broken, firstEndOf(servers)]);
    // Whoever starts the lab waits for this together with his own work.
    broken.catch(() => {});
    return { lab, broken };
}

function firstEndOf(daemons: readonly Daemon[]): Promise<never> {
    return Promise.race(
        daemons.map(async (daemon) => {
            await daemon.ended;
            throw endedEarly(daemon);
        }),
    );
}
