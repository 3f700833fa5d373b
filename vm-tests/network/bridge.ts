import { randomBytes } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { execa } from 'execa';
import type { Site } from '../../generator/model/site.ts';
import { Complaint } from '../complaint.ts';

/** The network between the machines, the cluster and the boot server: one bridge, one IPv4 /24. */
export interface Network {
    readonly bridge: string;
    /** First three numbers of every address. */
    readonly prefix: string;
    /** Where DHCP, TFTP and HTTP answer. */
    readonly server: string;
    /** Where the monitor answers, as the configuration says. */
    readonly monitor: string;
    /** First and last address that DHCP gives out. */
    readonly leases: readonly [string, string];
}

/**
 * iPXE waits 13 s for an IPv6 router before it goes on without (measured with Debian 12's), so there
 * is one. It has nothing else to say.
 */
export const routerNetwork = 'fd77::';

/**
 * Lays the network out around the first monitor of the configuration.
 *
 * @throws Complaint if that has no IPv4 address.
 */
export function planNetwork(site: Site): Network {
    const monitor = site.cluster.monitors[0]?.address;
    if (monitor === undefined || !isIPv4(monitor)) {
        throw new Complaint('the test cluster needs an IPv4 address for its monitor');
    }
    const prefix = monitor.split('.').slice(0, 3).join('.');
    const server = monitor === `${prefix}.1` ? `${prefix}.2` : `${prefix}.1`;
    return Object.freeze({
        bridge: 'br0',
        prefix,
        server,
        monitor,
        leases: [`${prefix}.100`, `${prefix}.199`] as const,
    });
}

/** Makes the bridge with the addresses of the server and the monitor on it. */
export async function makeBridge({ bridge, server, monitor }: Network): Promise<void> {
    const commands = [
        'link set lo up',
        // Without the delay a port forwards from the start: iPXE asks for a lease at once.
        `link add ${bridge} type bridge forward_delay 0 stp_state 0`,
        `address add ${server}/24 dev ${bridge}`,
        `address add ${monitor}/24 dev ${bridge}`,
        `address add ${routerNetwork}1/64 dev ${bridge} nodad`,
        `link set ${bridge} up`,
    ];
    await execa('ip', ['-batch', '-'], { input: `${commands.join('\n')}\n` });
}

/**
 * Plugs a machine into the bridge and gives the name of its tap.
 *
 * @param mtu the longest packet of that port, which the bridge itself takes from then on.
 */
export async function makeTap({ bridge }: Network, mtu?: number): Promise<string> {
    // A name of an interface has 15 characters at the most.
    const tap = `tap-${randomBytes(4).toString('hex')}`;
    const larger =
        mtu === undefined ? [] : [bridge, tap].map((end) => `link set ${end} mtu ${mtu}`);
    const commands = [
        `tuntap add dev ${tap} mode tap`,
        ...larger,
        `link set ${tap} master ${bridge}`,
        `link set ${tap} up`,
    ];
    await execa('ip', ['-batch', '-'], { input: `${commands.join('\n')}\n` });
    return tap;
}
