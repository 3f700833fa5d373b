import { accepted, type Parsed, refused } from './parsed.ts';

declare const brand: unique symbol;

/** The longest packet of a network in bytes, without the header of Ethernet. */
export type Mtu = number & { readonly [brand]: 'Mtu' };

/** What every IPv4 host takes (RFC 791), and what every IPv6 link does (RFC 8200 section 5). */
const smallest = { 4: 576, 6: 1280 } as const;

/** What the kernel's Ethernet devices take at most (ETH_MAX_MTU); hardware often stops at 9,000. */
const largest = 65535;

/** @param family of the address that the packets carry. */
export function parseMtu(bytes: number, family: 4 | 6): Parsed<Mtu> {
    const least = smallest[family];
    return Number.isInteger(bytes) && bytes >= least && bytes <= largest
        ? accepted(bytes as Mtu)
        : refused(`an MTU for IPv${family} is a whole number from ${least} to ${largest}`);
}
