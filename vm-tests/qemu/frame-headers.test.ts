import { expect, test } from 'vitest';
import { withoutLoad } from './frame-headers.ts';

const addresses = '52540012400202000a4d0001';
const load = 'the key of the image, in clear';

/** A frame of hexadecimal digits, in which spaces do not count, and what it carries. */
function frame(...headers: readonly string[]): Buffer {
    return Buffer.from([addresses, ...headers].join('').replaceAll(' ', ''), 'hex');
}

const carrying = (headers: Buffer) => Buffer.concat([headers, Buffer.from(load)]);

const ipv4 = (protocol: string, place = '4000') =>
    `0800 45002328 3390${place} 40${protocol}8f9a 0a4d000a 0a4d4002`;
const ipv6 = (next: string) =>
    `86dd 60000000 0020${next}40 ${'fd00'.padEnd(32, '0')} ${'fd01'.padEnd(32, '0')}`;
const tcp = '1a91b95a 94461571 3deea928 80100bf8 77c00000 0101080a ae67b446 d88dac5a';
const ofTftp = 'c350 0801 00260000';

test.each([
    ['TCP over IPv4', frame(ipv4('06'), tcp)],
    ['TCP over IPv6', frame(ipv6('06'), tcp)],
    ['TCP in a VLAN', frame('81000005', ipv4('06'), tcp)],
    ['data of TFTP', frame(ipv4('11'), ofTftp)],
    ['a later fragment of IPv4', frame(ipv4('11', '20b9'))],
    ['a fragment of IPv6', frame(ipv6('2c'), '11000001 00000000')],
])('%s is cut behind its headers', (_, headers) => {
    expect(withoutLoad(carrying(headers))).toEqual(headers);
});

test.each([
    ['DHCP', frame(ipv4('11'), '0043 0044 01340000')],
    ['what TFTP is asked for', frame(ipv4('11'), 'c350 0045 00260000')],
    ['ICMPv6', frame(ipv6('3a'), '8700')],
    ['ARP', frame('0806 0001')],
    ['LACP', frame('8809 0101')],
])('%s stays as it is', (_, headers) => {
    expect(withoutLoad(carrying(headers))).toEqual(carrying(headers));
});

test.each([12, 20, 40, 60])('of %i bytes of a frame nothing is made up', (length) => {
    const cut = frame(ipv4('06'), tcp).subarray(0, length);
    expect(withoutLoad(cut).length).toBeLessThanOrEqual(length);
});
