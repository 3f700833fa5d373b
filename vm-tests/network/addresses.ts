import type { Host } from '../../generator/model/site.ts';
import type { Lab } from '../lab.ts';

/**
 * The address that the direct lane hands over to a machine: `10.77.53.1` to 52:54:00:12:35:01. No other
 * machine of any configuration has it, and DHCP gives it to nobody.
 */
export function directAddress(lab: Pick<Lab, 'network'>, host: Pick<Host, 'mac'>): string {
    return addressOf(lab, host, 0);
}

/** The address that DHCP gives to a machine of `sites/`, and to no other: `10.77.181.1` to the same. */
export function leasedAddress(lab: Pick<Lab, 'network'>, host: Pick<Host, 'mac'>): string {
    return addressOf(lab, host, 128);
}

/** By the last two numbers of its MAC address: that of its configuration, and its own. */
function addressOf(
    { network }: Pick<Lab, 'network'>,
    { mac }: Pick<Host, 'mac'>,
    offset: 0 | 128,
): string {
    const [site = 0, host = 0] = mac
        .split(':')
        .slice(-2)
        .map((text) => Number.parseInt(text, 16));
    const start = network.prefix.split('.').slice(0, 2).join('.');
    return `${start}.${offset + (site % 128)}.${host}`;
}
