/** EtherTypes (IEEE 802 Numbers of IANA). */
export const ipv4 = 0x0800;
export const ipv6 = 0x86dd;
export const vlan = 0x8100;

/** Protocol numbers of IANA. */
const tcp = 6;
const udp = 17;
const fragment = 44;

/** Below are the ports of services. Between two others, what a boot sends by UDP is the data of TFTP. */
const firstOfNoService = 1024;

/**
 * A frame without what it carries by TCP, by TFTP, or in a later fragment: what a machine reads of its
 * image is there in clear. Questions and answers stay: ARP, ICMP, DHCP, DNS, what TFTP is asked for.
 *
 * @param frame from its Ethernet header on (IEEE 802.3), perhaps not to its end.
 */
export function withoutLoad(frame: Buffer): Buffer {
    const tagged = wordAt(frame, 12) === vlan ? 4 : 0;
    const start = 14 + tagged;
    switch (wordAt(frame, 12 + tagged)) {
        case ipv4:
            return frame.subarray(0, endOfIpv4(frame, start));
        case ipv6:
            return frame.subarray(0, endOfIpv6(frame, start));
        default:
            return frame;
    }
}

/** RFC 791, section 3.1. */
function endOfIpv4(frame: Buffer, start: number): number {
    const header = start + 4 * (byteAt(frame, start) % 16);
    const isLaterFragment = wordAt(frame, start + 6) % 0x2000 !== 0;
    return isLaterFragment ? header : endOfTransport(frame, header, byteAt(frame, start + 9));
}

/** RFC 8200, sections 3 and 4.5. */
function endOfIpv6(frame: Buffer, start: number): number {
    const header = start + 40;
    const next = byteAt(frame, start + 6);
    return next === fragment ? header + 8 : endOfTransport(frame, header, next);
}

/** RFC 9293, section 3.1; RFC 768. */
function endOfTransport(frame: Buffer, start: number, protocol: number): number {
    switch (protocol) {
        case tcp:
            return start + 4 * (byteAt(frame, start + 12) >> 4);
        case udp: {
            const ports = [wordAt(frame, start), wordAt(frame, start + 2)];
            const ofService = ports.some((port) => port < firstOfNoService);
            return ofService ? frame.length : start + 8;
        }
        default:
            return frame.length;
    }
}

/** What was not captured counts as zero. */
function byteAt(frame: Buffer, at: number): number {
    return frame[at] ?? 0;
}

function wordAt(frame: Buffer, at: number): number {
    return byteAt(frame, at) * 256 + byteAt(frame, at + 1);
}
