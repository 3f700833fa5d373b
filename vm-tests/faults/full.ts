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
 * @param cluster Default: that of the lab.
 */
export function fillCluster(cluster?: ClusterAccess): LastingFault {
    return {
        kind: 'lasting',
        name: 'the cluster is full',
        inMachine: false,
        begin: async ({ lab }) => {
            const access = cluster ?? lab.cluster;
            await ceph(access, 'osd', 'set-full-ratio', shares.full);
            await waitUntil(access, true);
            return async () => {
                await ceph(access, 'osd', 'set-full-ratio', shares.usual);
                await waitUntil(access, false);
            };
        },
    };
}

async function waitUntil(access: ClusterAccess, full: boolean): Promise<void> {
    await askUntil(
        { seconds: 30 },
        async () => {
            const { stdout } = await ceph(access, 'osd', 'dump', '--format', 'json');
            const { osds } = JSON.parse(stdout) as { osds: { state: string[] }[] };
            return osds.some(({ state }) => state.includes('full'));
        },
        (isFull) => isFull === full,
        () => `no OSD is ${full ? 'full' : 'free again'}`,
    );
}
