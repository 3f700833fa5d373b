import { askUntil } from '../ask-until.ts';
import type { ClusterAccess } from '../cluster/start.ts';
import { ceph } from '../cluster/truth.ts';
import type { LastingFault } from './fault.ts';

/** A share that any OSD with something on it has passed, and the one that Ceph begins with. */
const shares = { full: '0.000001', usual: '0.95' };

/**
 * The OSDs of a cluster are full, for what it takes that to be: clients may read, and what they write
 * waits. It begins when the OSDs have said so to the monitors, some seconds after its phase.
 *
 * @param cluster one that the scenario has started.
 */
export function fillCluster(cluster: ClusterAccess): LastingFault {
    return {
        kind: 'lasting',
        name: 'the cluster is full',
        inMachine: false,
        begin: async () => {
            await ceph(cluster, 'osd', 'set-full-ratio', shares.full);
            await waitUntil(cluster, true);
            return async () => {
                await ceph(cluster, 'osd', 'set-full-ratio', shares.usual);
                await waitUntil(cluster, false);
            };
        },
    };
}

async function waitUntil(cluster: ClusterAccess, full: boolean): Promise<void> {
    await askUntil(
        { seconds: 30 },
        async () => {
            const { stdout } = await ceph(cluster, 'osd', 'dump', '--format', 'json');
            const { osds } = JSON.parse(stdout) as { osds: { state: string[] }[] };
            return osds.some(({ state }) => state.includes('full'));
        },
        (isFull) => isFull === full,
        () => `no OSD is ${full ? 'full' : 'free again'}`,
    );
}
