import { randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { execa } from 'execa';
import { type Network, networkSize, type Segment } from './plan.ts';

/** Makes the bridges, with the addresses of the server, the monitors and the routers on them. */
export async function makeBridges(network: Network): Promise<void> {
    const commands = [network, ...network.vlans].flatMap((segment) =>
        bridgeCommands(segment, network.addresses),
    );
    await execa('ip', ['-batch', '-'], { input: `link set lo up\n${commands.join('\n')}\n` });
}

function bridgeCommands(
    { announced, bridge, machines, server }: Segment,
    addresses: readonly string[],
): readonly string[] {
    return [
        // Without the delay a port forwards from the start: iPXE asks for a lease at once. Without an
        // address of its own a bridge takes the lowest of its ports, so it would have another whenever a
        // machine comes or goes, and what the others send to the old one would be lost for half a minute
        // (br_stp_recalculate_bridge_id in net/bridge/br_stp_if.c).
        `link add ${bridge} address ${macOf(server)} type bridge forward_delay 0 stp_state 0`,
        `address add ${server}/${networkSize.bits} dev ${bridge}`,
        ...addresses.map((address) => `address add ${lengthened(address)} dev ${bridge}`),
        `address add ${announced}1/64 dev ${bridge} nodad`,
        `link set ${bridge} up`,
        ...machines.map((address) => `route add ${host(address)} dev ${bridge}`),
    ];
}

/** A locally administered address that holds an IPv4 address: `02:00:0a:4d:00:01`. */
function macOf(address: string): string {
    const numbers = address.split('.').map((text) => Number(text).toString(16).padStart(2, '0'));
    return ['02', '00', ...numbers].join(':');
}

/** With a prefix that brings no network along. */
function lengthened(address: string): string {
    if (!isIPv6(address)) {
        return `${address}/32`;
    }
    return `${address}${/^fe80:/i.test(address) ? '/64' : '/128'} nodad`;
}

function host(address: string): string {
    return isIPv6(address) ? `${address}/128` : `${address}/32`;
}

/**
 * Plugs a machine into the bridge and gives the name of its tap.
 *
 * @param mtu the longest packet of that port, which the bridge itself takes from then on.
 */
export async function makeTap({ bridge }: Pick<Segment, 'bridge'>, mtu?: number): Promise<string> {
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
