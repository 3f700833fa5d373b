import { expect, test } from 'vitest';
import { trafficOf } from './own-traffic.ts';

const mine = '52:54:00:12:34:01';
const theirs = '52:54:00:12:35:02';

function exchange(number: number, mac: string, address: string): readonly string[] {
    return [
        'available DHCP range: 10.77.0.100 -- 10.77.0.199',
        'user class: iPXE',
        `DHCPDISCOVER(br0) ${mac} `,
        'tags: ipxe, br0',
        `DHCPACK(br0) ${address} ${mac} desk1`,
        'sent size:  1 option: 53 message-type  5',
    ].map((text) => `dnsmasq-dhcp[362]: ${number} ${text}`);
}

test('an exchange of DHCP is whose MAC address stands in it, from its first line on', () => {
    const own = trafficOf([mine]);
    const ours = exchange(1, mine, '10.77.0.101');
    const others = exchange(2, theirs, '10.77.0.102');
    const mixed = ours.flatMap((line, index) => [others[index] ?? '', line]);
    expect(mixed.flatMap(own.dhcp)).toEqual(ours);
});

test('a request is of the machine that has its address by DHCP', () => {
    const own = trafficOf([mine]);
    const request = { endedAt: 0, seconds: 0, path: '/boot.ipxe', status: 200, bytes: 1 };
    expect(own.http({ ...request, client: '10.77.0.101' })).toBe(false);
    exchange(1, mine, '10.77.0.101').flatMap(own.dhcp);
    exchange(2, theirs, '10.77.0.102').flatMap(own.dhcp);
    expect(own.http({ ...request, client: '10.77.0.101' })).toBe(true);
    expect(own.http({ ...request, client: '10.77.0.102' })).toBe(false);
});

test('a file of TFTP is of the machine that has the address, and a start is everybody’s', () => {
    const own = trafficOf([mine]);
    exchange(1, mine, '10.77.0.101').flatMap(own.dhcp);
    const sent = (address: string) =>
        `dnsmasq-tftp[362]: sent /run/rbdboot/served/undionly.kpxe to ${address}`;
    expect(own.dhcp(sent('10.77.0.101'))).toHaveLength(1);
    expect(own.dhcp(sent('10.77.0.102'))).toHaveLength(0);
    expect(own.dhcp(`dnsmasq-dhcp[362]: RTR-SOLICIT(br0) ${theirs}`)).toHaveLength(0);
    expect(own.dhcp('dnsmasq[362]: started, version 2.90 DNS disabled')).toHaveLength(1);
});
