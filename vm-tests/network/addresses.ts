import type { Host } from '../../generator/model/site.ts';
import type { Lab } from '../lab.ts';

/**
 * The address that the direct lane hands over to a machine: outside of what DHCP gives out, and no
 * other machine of the same configuration has it.
 */
export function directAddress({ network }: Lab, host: Host): string {
    return `${network.prefix}.${20 + slotOf(host)}`;
}

/** The address that DHCP gives to a machine of `sites/`. */
export function leasedAddress({ network }: Lab, host: Host): string {
    return `${network.prefix}.${100 + slotOf(host)}`;
}

/** A number from 0 to 79, by the last two numbers of the MAC address. */
function slotOf({ mac }: Host): number {
    const [site = 0, host = 0] = mac
        .split(':')
        .slice(-2)
        .map((text) => Number.parseInt(text, 16));
    return ((site % 8) * 10 + host) % 80;
}
