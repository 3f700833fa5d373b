import { askUntil } from '../ask-until.ts';
import type { ClusterAccess } from '../cluster/start.ts';
import { ceph } from '../cluster/truth.ts';
import type { LastingFault } from './fault.ts';

/** The shares from which on an OSD is this, as Ceph begins with them; none counts for less than the one before. */
const usualShares = { nearfull: '0.85', backfillfull: '0.9', full: '0.95' } as const;

/** A share that any OSD with something on it has passed. */
const anything = '0.000001';

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
            await setShares(cluster, () => anything);
            await waitUntil(cluster, true);
            return async () => {
                await setShares(cluster, (usual) => usual);
                await waitUntil(cluster, false);
            };
        },
    };
}

async function setShares(cluster: ClusterAccess, of: (usual: string) => string): Promise<void> {
    for (const [what, usual] of Object.entries(usualShares)) {
        await ceph(cluster, 'osd', `set-${what}-ratio`, of(usual));
    }
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
