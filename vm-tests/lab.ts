import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Host, Site } from '../generator/model/site.ts';
import { buildDirectory } from './build-directory.ts';
import { endOf } from './children.ts';
import { neededCaps, poolsOf } from './cluster/caps.ts';
import { type Credential, keptCredentials, keyringPath } from './cluster/key.ts';
import { layKeyrings } from './cluster/lay-keyrings.ts';
import { type MonitorPlan, usualCapacity } from './cluster/plan.ts';
import { importImage, makePools } from './cluster/provision.ts';
import { type ClusterAccess, startCluster } from './cluster/start.ts';
import { Complaint } from './complaint.ts';
import { type MachineImage, machineImage } from './images/machine-image.ts';
import { makeBridges } from './network/bridge.ts';
import { startDnsmasq } from './network/dnsmasq.ts';
import { hostDirectory } from './network/host-script.ts';
import { startNginx } from './network/nginx.ts';
import { type Network, planNetwork } from './network/plan.ts';
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
    /** Where this run's files are, on the disk. */
    readonly directory: string;
    /** A directory with a short path, in memory. */
    readonly state: string;
    readonly logs: string;
    readonly serverLogs: { readonly dhcp: string; readonly http: string };
}

/** What all machines of a configuration have around them. */
export type Grounds = Omit<Lab, 'host' | 'image' | 'credential'>;

/** A running lab and the processes it is made of. */
export interface RunningLab {
    readonly lab: Lab;
    /** Rejects when one of the processes ends; never settles otherwise. */
    readonly broken: Promise<never>;
}

/** Mounted over in the namespace, so that nothing of the machine's own /run is in reach. */
export const state = '/run/rbdboot';

/** Where trees are made that go into images. */
export const scratch = join(state, 'scratch');

/** How a lab differs from the one that most want. */
export interface LabOptions {
    /** Whether the DHCP server takes its time as it does in a rack. Default: no. */
    readonly dhcpAsksFirst?: boolean;
    /** Where the monitors answer. Default: as the configuration says, with messenger 1. */
    readonly monitors?: readonly MonitorPlan[];
}

/**
 * Makes everything that a machine of the configuration needs around it: the network, the cluster as
 * the configuration describes it, the servers it boots from, and the image of the machine.
 *
 * Only for the first process in a namespace, which takes all of it away when it ends.
 *
 * @param progress gets a line at each thing that is done.
 */
export async function startLab(
    prepared: Preparation,
    site: Site,
    progress: (text: string) => void,
    options: LabOptions = {},
): Promise<RunningLab> {
    const [host] = site.hosts;
    if (host === undefined) {
        throw new Complaint(`${prepared.config} describes no machine that could be booted`);
    }
    await layOut();
    const { cache } = buildDirectory();
    const credential = await credentialOf(site, host);
    const [{ broken, grounds }, image] = await Promise.all([
        startGrounds(prepared, site, progress, options),
        machineImage({
            cache,
            scratch,
            base: rootNamed(prepared.roots, 'plain'),
            host: host.name,
            site,
            keyring: keyringPath(cache, credential.entity),
            progress,
        }),
    ]);
    await importImage(grounds.cluster, host.image, image.root);
    progress('the image is in the cluster');
    await serveFiles(grounds, site, host, image);
    return { lab: { ...grounds, host, image, credential }, broken };
}

/** Makes the places that belong to this namespace alone. */
export async function layOut(): Promise<void> {
    await execa('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'rbdboot', '/run']);
    // Where rbdboot looks for keyrings: those of the lab, in the place of the machine's own.
    await execa('mount', ['-t', 'tmpfs', '-o', 'mode=700', 'keyrings', '/etc/ceph']);
    await mkdir(scratch, { recursive: true });
}

/** The credential of a host's client, which is kept. */
export async function credentialOf(site: Site, host: Host): Promise<Credential> {
    const clients = await keptCredentials(buildDirectory().cache, neededCaps(site));
    const credential = clients.find(({ entity }) => entity === `client.${host.client}`);
    if (credential === undefined) {
        throw new Error(`no credential for client.${host.client}`);
    }
    return credential;
}

/** Puts the kernel and the initrd of a host where its script names them. */
export async function serveFiles(
    { served }: Pick<Grounds, 'served'>,
    site: Site,
    host: Host,
    { initrd, kernel }: Pick<MachineImage, 'initrd' | 'kernel'>,
): Promise<void> {
    const directory = site.initrd === 'shared' ? served : hostDirectory(served, host.mac);
    await copyFile(kernel, join(directory, 'vmlinuz'));
    await copyFile(initrd, join(directory, 'initrd.img'));
}

/**
 * Makes what is around the machines of a configuration, without their images: {@link layOut} has to
 * be done.
 */
export async function startGrounds(
    { accelerator, config, directory, roots }: Preparation,
    site: Site,
    progress: (text: string) => void,
    { dhcpAsksFirst = false, monitors = site.cluster.monitors }: LabOptions = {},
): Promise<{ readonly grounds: Grounds; readonly broken: Promise<never> }> {
    const logs = join(directory, 'logs');
    const served = join(state, 'served');
    for (const needed of [logs, served]) {
        await mkdir(needed, { recursive: true });
    }
    const network = planNetwork(site);
    await makeBridges(network);
    const clients = await keptCredentials(buildDirectory().cache, neededCaps(site));
    const cluster = await startCluster({
        fsid: site.cluster.fsid,
        monitors,
        osds: 1,
        store: 'memory',
        capacity: usualCapacity,
        options: {},
        clients,
        state: join(state, 'ceph'),
        logs,
    });
    await makePools(
        cluster.access,
        site.hosts.flatMap((host) => poolsOf(host).map((pool) => ({ ...host.image, pool }))),
    );
    progress('the cluster is up');

    await layKeyrings(clients);
    await runReleased('ipxe', '--out', served, '--config', config);
    const dhcpLog = join(logs, 'dnsmasq.log');
    const dhcp = await startDnsmasq(network, served, state, dhcpLog, dhcpAsksFirst);
    const http = await startNginx(network, served, state, logs);
    const grounds: Grounds = {
        network,
        accelerator,
        cluster: cluster.access,
        roots,
        served,
        directory,
        state,
        logs,
        serverLogs: { dhcp: dhcpLog, http: join(logs, 'nginx-access.log') },
    };
    const broken = Promise.race([cluster.broken, endOf(dhcp), endOf(http)]);
    // Whoever starts the lab waits for this together with his own work.
    broken.catch(() => {});
    return { grounds, broken };
}
