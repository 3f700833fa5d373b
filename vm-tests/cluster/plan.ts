import type { MonitorAddress } from '../../generator/model/monitor-address.ts';
import type { Credential } from './key.ts';

/** Where a monitor answers: its address, with the port of the older protocol. */
export interface MonitorPlan extends MonitorAddress {
    /** The port of messenger 2. Default: 3300. */
    readonly secondPort?: number;
}

/** What a cluster is made of. */
export interface ClusterPlan {
    readonly fsid: string;
    /**
     * A node each, with a monitor, and with OSDs in turn: OSD 3 of a cluster with three monitors has
     * the address of the first. The ports are those of the older protocol, the one that kernels speak
     * by default. All addresses are of one family: kernels do not take an OSD that has both
     * (ceph_decode_entity_addrvec in net/ceph/decode.c).
     */
    readonly monitors: readonly MonitorPlan[];
    /** How many OSDs there are, which is also how many copies of an object. */
    readonly osds: number;
    readonly store: ObjectStore;
    /** Bytes that an OSD takes at the most; what is not written takes none. */
    readonly capacity: number;
    /** Further lines of the `[global]` section: `{ osd_client_watch_timeout: '5' }`. */
    readonly options: Readonly<Record<string, string>>;
    readonly clients: readonly Credential[];
    /** A directory in memory, for the stores and the administrator's keyring. */
    readonly state: string;
    /** A directory that stays, for the logs. */
    readonly logs: string;
}

/** More than any machine of the lab writes. */
export const usualCapacity = 8 * 1024 ** 3;

/**
 * Where an OSD has its objects. `'memory'` is quickest, and gone when the OSD ends, so that it cannot
 * be started again. `'bluestore'` is a file, which has all that the OSD said it has, however it ended.
 */
export type ObjectStore = 'memory' | 'bluestore';

/** `a`, `b`… as monitors are called. */
export function monitorIds({ monitors }: Pick<ClusterPlan, 'monitors'>): readonly string[] {
    return monitors.map((_, index) => String.fromCharCode('a'.charCodeAt(0) + index));
}

/** `0`, `1`… as OSDs are called. */
export function osdIds({ osds }: Pick<ClusterPlan, 'osds'>): readonly string[] {
    return Array.from({ length: osds }, (_, index) => String(index));
}

/** Both addresses of a monitor, as `mon host` and monmaptool(8) take them. */
export function addressesOf({ address, port, secondPort = 3300 }: MonitorPlan): string {
    const host = address.includes(':') ? `[${address}]` : address;
    return `[v2:${host}:${secondPort}/0,v1:${host}:${port}/0]`;
}
