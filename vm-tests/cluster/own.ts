import { rm } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Lab } from '../lab.ts';
import type { OpenSite } from '../sites/open-site.ts';
import { type ClusterPlan, usualCapacity } from './plan.ts';
import { makePools } from './provision.ts';
import { type Cluster, startCluster } from './start.ts';

/** What a scenario's cluster is like besides what the configuration says, which is its monitors. */
export type OwnClusterPlan = Partial<Pick<ClusterPlan, 'capacity' | 'options' | 'osds' | 'store'>>;

/**
 * Starts the cluster that a configuration describes, for one scenario, which may do to it what it
 * likes: the cluster of the lab knows nothing of it. Its monitors have the addresses of the
 * configuration, its pools and namespaces are there, and no images.
 *
 * @param wanted Default: one OSD, on bluestore, with 8 GiB, without further options.
 * @returns the cluster; once it is stopped nothing is left of it but its logs.
 */
export async function startOwnCluster(
    lab: Lab,
    { credentials, name, site }: Pick<OpenSite, 'credentials' | 'name' | 'site'>,
    wanted: OwnClusterPlan,
): Promise<Cluster> {
    const { fsid, monitors } = site.cluster;
    const state = join(lab.state, `ceph-${name}`);
    const logs = join(lab.logs, `ceph-${name}`);
    await onBridge(lab, monitors, 'replace');
    let cluster: Cluster | undefined;
    const stop = async () => {
        await cluster?.stop();
        await onBridge(lab, monitors, 'delete');
        await rm(state, { recursive: true, force: true });
    };
    try {
        const plan: ClusterPlan = {
            ...{ capacity: usualCapacity, options: {}, osds: 1, store: 'bluestore', ...wanted },
            ...{ fsid, monitors, clients: credentials, state, logs },
        };
        cluster = await startCluster(plan);
        const images = site.hosts.map(({ image }) => image);
        await Promise.race([cluster.broken, makePools(cluster.access, images)]);
        return { ...cluster, stop };
    } catch (error) {
        await stop();
        throw error;
    }
}

async function onBridge(
    { network }: Lab,
    monitors: ClusterPlan['monitors'],
    verb: 'replace' | 'delete',
): Promise<void> {
    for (const { address } of monitors) {
        const six = isIPv6(address);
        const words = [verb, `${address}/${six ? 64 : 32}`, 'dev', network.bridge];
        // Without the look for others that have it: it would be there a second later.
        const flags = six && verb === 'replace' ? ['nodad'] : [];
        await execa('ip', ['address', ...words, ...flags]);
    }
}
