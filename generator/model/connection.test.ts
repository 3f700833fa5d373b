import { describe, expect, it } from 'vitest';
import { parseBond } from './bond.ts';
import {
    type InterfaceAddress,
    parseGateway,
    parseInterfaceAddress,
    printInterfaceAddress,
} from './interface-address.ts';
import type { MacAddress } from './mac-address.ts';
import { parseMtu } from './mtu.ts';
import type { Parsed } from './parsed.ts';
import { parseVlanId } from './vlan-id.ts';

function outcome<T>(parsed: Parsed<T>): T | string {
    return parsed.ok ? parsed.value : parsed.reason;
}

function address(text: string): InterfaceAddress {
    const parsed = parseInterfaceAddress(text);
    if (!parsed.ok) {
        throw new Error(parsed.reason);
    }
    return parsed.value;
}

describe('parseInterfaceAddress', () => {
    it.each([
        ['10.0.0.5/24', '10.0.0.5/24'],
        ['10.0.0.0/31', '10.0.0.0/31'],
        ['10.0.0.255/32', '10.0.0.255/32'],
        ['10.0.1.0/23', '10.0.1.0/23'],
        ['FD00:77:0:0::0031/64', 'fd00:77::31/64'],
        ['2001:db8::/64', '2001:db8::/64'],
    ])('reads %s as %s', (text, printed) => {
        expect(printInterfaceAddress(address(text))).toBe(printed);
    });
    it.each([
        ['10.0.0.5', 'the length of the prefix is missing: "10.0.0.5/24"'],
        ['fd00::5', 'the length of the prefix is missing: "fd00::5/64"'],
        ['10.0.0.5/33', 'a prefix of IPv4 has 1 to 32 bits'],
        ['10.0.0.5/0', 'a prefix of IPv4 has 1 to 32 bits'],
        ['fd00::5/129', 'a prefix of IPv6 has 1 to 128 bits'],
        ['10.0.0.0/24', 'it is the address of the network itself'],
        ['10.0.0.255/24', 'it is the broadcast address of the network'],
        ['10.0.0.5/255.255.255.0', 'an address is written with its prefix'],
        ['desk1/24', 'an address is written with its prefix'],
        ['', 'an address is written with its prefix'],
        ['fe80::5/64', 'it is link-local'],
        ['fd00::5%eth0/64', 'an address is written with its prefix'],
        ['127.0.0.1/8', 'it never leaves the machine'],
        ['::1/128', 'it never leaves the machine'],
        ['224.0.0.1/24', 'it is the address of a group'],
        ['ff02::1/64', 'it is the address of a group'],
        ['0.0.0.0/8', 'it is of "this network"'],
        ['255.255.255.255/32', 'it is reserved'],
    ])('refuses %j: %s', (text, reason) => {
        expect(outcome(parseInterfaceAddress(text))).toContain(reason);
    });
});

describe('parseGateway', () => {
    it.each([
        ['10.0.0.1', '10.0.0.5/24'],
        ['fd00::1', 'fd00::5/64'],
        ['fe80::1', 'fd00::5/64'],
    ])('takes %s for %s', (text, own) => {
        expect(outcome(parseGateway(text, address(own)))).toBe(text);
    });
    it.each([
        ['10.0.1.1', '10.0.0.5/24', 'it is outside of the network of 10.0.0.5/24'],
        ['fd01::1', 'fd00::5/64', 'it is outside of the network of fd00::5/64'],
        ['fd00::1', '10.0.0.5/24', 'the address is IPv4, so its gateway is too'],
        ['10.0.0.5', '10.0.0.5/24', 'it is the address of the machine itself'],
        ['10.0.0.1/24', '10.0.0.5/24', 'a gateway is an IP address without a prefix'],
    ])('refuses %s for %s: %s', (text, own, reason) => {
        expect(outcome(parseGateway(text, address(own)))).toBe(reason);
    });
});

describe('parseMtu and parseVlanId', () => {
    it('take what networks can have, to the last number', () => {
        expect([576, 1500, 9000, 65535].map((bytes) => parseMtu(bytes, 4).ok)).toEqual(
            Array(4).fill(true),
        );
        expect([1, 4094].map((id) => parseVlanId(id).ok)).toEqual([true, true]);
    });
    it('refuse what is beyond, and IPv6 below its own minimum', () => {
        for (const bytes of [575, 65536, 1500.5, Number.NaN, -1]) {
            expect(outcome(parseMtu(bytes, 4))).toContain('from 576 to 65535');
        }
        expect(outcome(parseMtu(1279, 6))).toContain('from 1280 to 65535');
        for (const id of [0, 4095, 7.5, -1]) {
            expect(outcome(parseVlanId(id))).toContain('1 to 4094');
        }
    });
});

describe('parseBond', () => {
    const [a, b, c] = ['52:54:00:00:00:0a', '52:54:00:00:00:0b', '52:54:00:00:00:0c'] as [
        MacAddress,
        MacAddress,
        MacAddress,
    ];
    it('puts the NIC of the host first', () => {
        expect(outcome(parseBond('802.3ad', [a, b], b))).toEqual({ mode: '802.3ad', nics: [b, a] });
    });
    it.each([
        [[a], 'a bond has at least two NICs'],
        [[], 'a bond has at least two NICs'],
        [[a, a], 'it lists a NIC twice'],
        [[b, c], `it lacks the NIC that the host boots from, ${a}`],
    ])('refuses %j: %s', (nics, reason) => {
        expect(outcome(parseBond('active-backup', nics, a))).toBe(reason);
    });
});
