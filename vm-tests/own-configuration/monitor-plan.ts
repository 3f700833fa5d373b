import { isIPv6 } from 'node:net';
import type { MonitorAddress } from '../../generator/model/monitor-address.ts';
import type { Host, Site } from '../../generator/model/site.ts';
import type { MonitorPlan } from '../cluster/plan.ts';

/** Each is a process of 60 MB, which is no help to a test when there are many. */
export const mostMonitors = 5;

const usualPorts = { 1: 6789, 2: 3300 } as const;

/** The family of a host's addresses, which all of its cluster has to have. */
export function familyOfHost({ address }: Pick<Host, 'address'>): 4 | 6 {
    return typeof address === 'string' ? 4 : address.ip.family;
}

/** The monitors of a configuration that run in the lab: those of one family, and few of them. */
export function monitorsOf({
    cluster,
    hosts,
}: Pick<Site, 'cluster' | 'hosts'>): readonly MonitorAddress[] {
    const [host] = hosts;
    const six = host !== undefined && familyOfHost(host) === 6;
    return cluster.monitors.filter(({ address }) => isIPv6(address) === six).slice(0, mostMonitors);
}

/**
 * The ports of each monitor. The one in the configuration answers in the messenger that the hosts
 * speak; two monitors at one address differ in both.
 */
export function planMonitors(site: Pick<Site, 'cluster' | 'hosts'>): readonly MonitorPlan[] {
    const second = site.hosts.every(({ mapOptions = [] }) =>
        mapOptions.some(({ word }) => /^ms_mode=(?!legacy$)/.test(word)),
    );
    const taken = new Set(monitorsOf(site).map((one) => `${one.address} ${one.port}`));
    return monitorsOf(site).map(({ address, port }) => {
        const other = freePort(taken, address, second ? usualPorts[1] : usualPorts[2]);
        return second
            ? { address, port: other, secondPort: port }
            : { address, port, secondPort: other };
    });
}

function freePort(taken: Set<string>, address: string, wanted: number): number {
    const place = `${address} ${wanted}`;
    if (taken.has(place)) {
        return freePort(taken, address, wanted + 1);
    }
    taken.add(place);
    return wanted;
}
