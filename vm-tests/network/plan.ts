import { isIPv4 } from 'node:net';
import type { Host, Site } from '../../generator/model/site.ts';

/**
 * How large the IPv4 network of a {@link Segment} is: each machine of each configuration has room for
 * addresses of its own beside the /24 that has the servers and what is leased to anybody.
 */
export const networkSize = Object.freeze({ bits: 16, netmask: '255.255.0.0' });

/** An Ethernet with a boot server on it. */
export interface Segment {
    readonly bridge: string;
    /** First three numbers of the address of the server, and of those that are leased to anybody. */
    readonly prefix: string;
    /** Where DHCP, TFTP and HTTP answer. */
    readonly server: string;
    /** First and last address that DHCP gives out. */
    readonly leases: readonly [string, string];
    /** The IPv6 /64 that a router announces here: `fd77::`. */
    readonly announced: string;
    /** Machines that have an address of their own here, which a lease would not have. */
    readonly machines: readonly string[];
}

/** The network between the machines, the cluster and the boot server. */
export interface Network extends Segment {
    /** The first monitor of the configuration. */
    readonly monitor: string;
    /**
     * What else answers here, on each Ethernet: the monitors, and the routers of the machines. All of
     * it is one machine, so each of them leads to all the others.
     */
    readonly addresses: readonly string[];
    /** Whether a machine with IPv6 needs a router that announces itself. */
    readonly announcesRouter: boolean;
    /** What machines reach with a tag on their frames alone. */
    readonly vlans: readonly (Segment & { readonly id: number })[];
}

/** Where networks are that are taken where the configuration names none. */
const spare = ['10.99.0', '10.98.0', '10.97.0', '172.30.99', '172.29.99', '192.168.199'] as const;

/**
 * Lays the network out as the configuration describes it, around the first monitor that has an IPv4
 * address: its network is the one that machines boot in, unless all of them reach it in a VLAN.
 */
export function planNetwork({ cluster, hosts }: Pick<Site, 'cluster' | 'hosts'>): Network {
    const monitors = cluster.monitors.map(({ address }) => address);
    const statics = hosts.flatMap(({ address }) => (typeof address === 'string' ? [] : [address]));
    const gateways = statics.flatMap(({ gateway }) => gateway ?? []);
    const addresses = [...new Set([...monitors, ...gateways])];
    const own = statics.map(({ ip }) => String(ip.address));
    const used = new Set([...addresses, ...own]);

    const ids = [...new Set(hosts.flatMap(({ vlan }) => vlan ?? []))];
    const near = prefixOf(monitors.find((monitor) => isIPv4(monitor)));
    const inOneVlan = ids.length > 0 && hosts.every(({ vlan }) => vlan !== undefined);
    const free = spare.filter((prefix) => ![...used].some((one) => inOneNetwork(one, prefix)));
    // What is left over of them is for the VLANs.
    const [main, ...others] = [
        ...(inOneVlan ? [free[0] ?? spare[0]] : []),
        ...(near === undefined ? [] : [near]),
        ...free.slice(inOneVlan ? 1 : 0),
    ];
    const segment = (bridge: string, prefix: string, vlan?: number): Segment => ({
        bridge,
        prefix,
        ...layOut(prefix, used),
        announced: routerNetworks(vlan).find((one) => !used.has(`${one}1`)) ?? 'fd77::',
        machines: hosts
            .filter((host) => host.vlan === vlan)
            .flatMap(({ address }) => (typeof address === 'string' ? [] : [address.ip.address])),
    });
    return Object.freeze({
        ...segment('br0', main ?? spare[0]),
        monitor: monitors[0] ?? '',
        addresses,
        announcesRouter: hosts.some((host) => needsRouter(host)),
        vlans: ids.map((id, index) => ({
            id,
            ...segment(`vlan${id}`, others[index] ?? `10.${96 - index}.0`, id),
        })),
    });
}

/**
 * iPXE waits 13 s for an IPv6 router before it goes on without (measured with Debian 12's), so there
 * is one on each Ethernet, with a prefix that a machine of the configuration has no use for.
 */
function routerNetworks(vlan = 0): readonly string[] {
    return vlan === 0 ? ['fd77::', 'fd77:77::'] : [`fd77:${vlan.toString(16)}:1::`];
}

/** Somewhere else than in its own network a machine with IPv6 finds what a router announces. */
function needsRouter({ address }: Pick<Host, 'address'>): boolean {
    return typeof address !== 'string' && address.ip.family === 6 && address.gateway === undefined;
}

function prefixOf(address: string | undefined): string | undefined {
    return address !== undefined && isIPv4(address)
        ? address.split('.').slice(0, 3).join('.')
        : undefined;
}

function inOneNetwork(one: string, other: string): boolean {
    const network = (address: string) => address.split('.').slice(0, 2).join('.');
    return network(one) === network(other);
}

/** How many addresses are leased, where nothing is in the way, and from where. */
const most = 100;

/** The first address that nobody has, and as many of them in a row as there are, for leases. */
function layOut(prefix: string, used: ReadonlySet<string>): Pick<Segment, 'server' | 'leases'> {
    const numbers = Array.from({ length: 254 }, (_, index) => index + 1);
    const server = numbers.find((number) => !used.has(`${prefix}.${number}`)) ?? 1;
    const isFree = (number: number) =>
        number !== server && number <= 254 && !used.has(`${prefix}.${number}`);
    const runFrom = (from: number) => {
        const row = Array.from({ length: most }, (_, index) => from + index);
        const end = row.findIndex((number) => !isFree(number));
        return { from, length: end < 0 ? most : end };
    };
    const longest = [most, ...numbers]
        .map(runFrom)
        .reduce((best, run) => (run.length > best.length ? run : best));
    const { from, length } = longest;
    return {
        server: `${prefix}.${server}`,
        leases: [`${prefix}.${from}`, `${prefix}.${from + length - 1}`],
    };
}
