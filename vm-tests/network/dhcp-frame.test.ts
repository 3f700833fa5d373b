import { expect, test } from 'vitest';
import { changeDhcp, kinds, readDhcp } from './dhcp-frame.ts';

/** An offer as dnsmasq sends it: of 10.77.0.140 by 10.77.0.1, with boot.ipxe in header and options. */
function offer(): Buffer {
    const ethernet = Buffer.from('5254001250033c1111111111' + '0800', 'hex');
    const ip = Buffer.alloc(20);
    ip.writeUInt8(0x45, 0);
    ip.writeUInt8(64, 8);
    ip.writeUInt8(17, 9);
    Buffer.from([10, 77, 0, 1, 255, 255, 255, 255]).copy(ip, 12);
    const udp = Buffer.alloc(8);
    udp.writeUInt16BE(67, 0);
    udp.writeUInt16BE(68, 2);
    const message = Buffer.alloc(240);
    message.writeUInt8(2, 0);
    Buffer.from([10, 77, 0, 140]).copy(message, 16);
    Buffer.from([10, 77, 0, 1]).copy(message, 20);
    Buffer.from('525400125003', 'hex').copy(message, 28);
    message.write('boot.ipxe', 108);
    message.writeUInt32BE(0x63825363, 236);
    const file = Buffer.from('boot.ipxe');
    const options = [
        [53, 1, 2],
        [54, 4, 10, 77, 0, 1],
        [0, 0],
        [67, file.length, ...file],
        [51, 4, 0, 0, 14, 16],
        [255, 0, 0],
    ];
    return Buffer.concat([ethernet, ip, udp, message, Buffer.from(options.flat())]);
}

/** The sum of RFC 791 over a header that has its own sum in it is all ones. */
function sumOfHeader(frame: Buffer): number {
    let sum = 0;
    for (let index = 14; index < 34; index += 2) {
        sum += frame.readUInt16BE(index);
    }
    return (sum & 0xffff) + (sum >>> 16);
}

test('an offer is read', () => {
    expect(readDhcp(offer())).toMatchObject({
        kind: kinds.offer,
        server: '10.77.0.1',
        address: '10.77.0.140',
        client: '52:54:00:12:50:03',
    });
});

test('anything else is not', () => {
    const dns = offer();
    dns.writeUInt16BE(53, 34);
    const arp = offer();
    arp.writeUInt16BE(0x0806, 12);
    for (const frame of [dns, arp, Buffer.alloc(14), offer().subarray(0, 200)]) {
        expect(readDhcp(frame)).toBeUndefined();
    }
});

test('without its boot file it has all the rest', () => {
    const frame = changeDhcp(offer(), { withoutBootFile: true });
    const message = readDhcp(frame);
    expect([...(message?.options.keys() ?? [])]).toEqual([53, 54, 51]);
    expect(message?.address).toBe('10.77.0.140');
    expect(frame.includes('boot.ipxe')).toBe(false);
    expect(sumOfHeader(frame)).toBe(0xffff);
    expect(frame.readUInt16BE(16)).toBe(frame.length - 14);
    expect(frame.readUInt16BE(38)).toBe(frame.length - 34);
});

test('as the offer of another server it names that in each place', () => {
    const other = { server: '10.77.0.250', address: '10.77.0.240' };
    const frame = changeDhcp(offer(), other);
    expect(readDhcp(frame)).toMatchObject({ ...other, kind: kinds.offer });
    expect([...frame.subarray(26, 30)]).toEqual([10, 77, 0, 250]);
    expect(sumOfHeader(frame)).toBe(0xffff);
});

test('a refusal says nothing else', () => {
    const frame = changeDhcp(offer(), { kind: kinds.nak, withoutOptions: true });
    expect(readDhcp(frame)?.kind).toBe(kinds.nak);
    expect([...(readDhcp(frame)?.options.keys() ?? [])]).toEqual([53, 54]);
});
