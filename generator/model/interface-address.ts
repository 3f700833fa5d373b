import { BlockList, isIPv4, isIPv6, SocketAddress } from 'node:net';
import { accepted, type Parsed, refused } from './parsed.ts';

declare const brand: unique symbol;

/** An IPv4 or IPv6 address in its shortest form, IPv6 in lower case (RFC 5952). */
export type IpAddress = string & { readonly [brand]: 'IpAddress' };

/** The address of an interface, with the length of its network's prefix. */
export interface InterfaceAddress {
    readonly family: 4 | 6;
    readonly address: IpAddress;
    /** IPv4: 1 to 32. IPv6: 1 to 128. */
    readonly prefix: number;
}

/** Addresses that no machine can have for its own (RFC 6890). */
const ofNoMachine: readonly (readonly [network: string, prefix: number, what: string])[] = [
    ['0.0.0.0', 8, 'it is of "this network"'],
    ['127.0.0.0', 8, 'it never leaves the machine'],
    ['224.0.0.0', 4, 'it is the address of a group'],
    ['240.0.0.0', 4, 'it is reserved'],
    ['::', 127, 'it never leaves the machine'],
    ['ff00::', 8, 'it is the address of a group'],
    ['fe80::', 10, 'it is link-local: give the machine one that is unique in the site'],
];

/** Reads `10.0.0.5/24` or `fd00::5/64`. */
export function parseInterfaceAddress(text: string): Parsed<InterfaceAddress> {
    const [, given = '', length] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
    const family = familyOf(given);
    if (family === undefined) {
        return refused('an address is written with its prefix, as 10.0.0.5/24 or fd00::5/64');
    }
    const longest = family === 4 ? 32 : 128;
    if (length === undefined) {
        return refused(
            `the length of the prefix is missing: "${given}/${family === 4 ? 24 : 64}", for instance`,
        );
    }
    const prefix = Number(length);
    if (prefix < 1 || prefix > longest) {
        return refused(`a prefix of IPv${family} has 1 to ${longest} bits`);
    }
    const reserved = ofNoMachine.find(([network, bits]) => isInside(given, network, bits));
    if (reserved !== undefined) {
        return refused(reserved[2]);
    }
    const address = canonical(given, family);
    // The two ends of an IPv4 network are not for machines; of two addresses both are (RFC 3021).
    if (family === 4 && prefix < 31) {
        const host = numberOf(address) % 2 ** (32 - prefix);
        if (host === 0) {
            return refused('it is the address of the network itself');
        }
        if (host === 2 ** (32 - prefix) - 1) {
            return refused('it is the broadcast address of the network');
        }
    }
    return accepted(Object.freeze({ family, address, prefix }));
}

/**
 * Reads the router of the network that an address is in: one of the same network, or, for IPv6, the
 * link-local address that routers have (RFC 4861).
 */
export function parseGateway(text: string, own: InterfaceAddress): Parsed<IpAddress> {
    const family = familyOf(text);
    if (family === undefined) {
        return refused('a gateway is an IP address without a prefix');
    }
    if (family !== own.family) {
        return refused(`the address is IPv${own.family}, so its gateway is too`);
    }
    const address = canonical(text, family);
    if (address === own.address) {
        return refused('it is the address of the machine itself');
    }
    const near = isInNetwork(address, own) || isInside(address, 'fe80::', 10);
    return near
        ? accepted(address)
        : refused(`it is outside of the network of ${printInterfaceAddress(own)}`);
}

/** `10.0.0.5/24` */
export function printInterfaceAddress({ address, prefix }: InterfaceAddress): string {
    return `${address}/${prefix}`;
}

/** Whether a machine with the address reaches the other one without a router. */
export function isInNetwork(other: string, { address, prefix }: InterfaceAddress): boolean {
    return isInside(other, address, prefix);
}

export function familyOf(address: string): 4 | 6 | undefined {
    if (isIPv4(address)) {
        return 4;
    }
    return isIPv6(address) && !address.includes('%') ? 6 : undefined;
}

function isInside(address: string, network: string, prefix: number): boolean {
    if (familyOf(address) !== familyOf(network)) {
        return false;
    }
    const list = new BlockList();
    const family = familyOf(network) === 4 ? 'ipv4' : 'ipv6';
    list.addSubnet(network, prefix, family);
    return list.check(address, family);
}

function canonical(address: string, family: 4 | 6): IpAddress {
    return new SocketAddress({ address, family: `ipv${family}` }).address as IpAddress;
}

function numberOf(address: string): number {
    return address.split('.').reduce((number, part) => number * 256 + Number(part), 0);
}
