import { isIPv4, isIPv6 } from 'node:net';
import { accepted, type Parsed, refused } from './parsed.ts';

/** Where a Ceph monitor listens. The kernel client takes addresses only, no host names. */
export interface MonitorAddress {
    /** IPv4 dotted or IPv6 without brackets. */
    readonly address: string;
    /** 1 to 65535. */
    readonly port: number;
}

/** The kernel's own default for every messenger mode (net/ceph/messenger.c, ceph_parse_ips). */
export const defaultMonitorPort = 6789;

/** Reads `10.0.0.1`, `10.0.0.1:6789`, `[fd00::1]` or `[fd00::1]:6789`. */
export function parseMonitorAddress(text: string): Parsed<MonitorAddress> {
    const otherForm = whyNotTheFormOfCeph(text);
    if (otherForm !== undefined) {
        return refused(otherForm);
    }
    if (isIPv6(text)) {
        return refused(`an IPv6 address stands in brackets: [${text}]`);
    }
    const match = /^(?:\[(?<six>[^\]]*)\]|(?<four>[^:[\]]*))(?::(?<port>\d{1,5}))?$/.exec(text);
    const { six, four, port } = match?.groups ?? {};
    const known = six !== undefined ? isIPv6(six) && !six.includes('%') : isIPv4(four ?? '');
    const address = six ?? four;
    if (!known || address === undefined) {
        return refused(
            'a monitor is an IPv4 or [IPv6] address with an optional :port; the kernel client does not look up names',
        );
    }
    const number = port === undefined ? defaultMonitorPort : Number(port);
    if (number < 1 || number > 65535) {
        return refused(`port ${port} is not between 1 and 65535`);
    }
    return accepted(Object.freeze({ address, port: number }));
}

/** `10.0.0.1:6789` or `[fd00::1]:6789`, as the kernel's map string takes it. */
export function printMonitorAddress({ address, port }: MonitorAddress): string {
    return isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}

/**
 * Ceph's own programs write addresses with the messenger's version and a nonce, and several in one:
 * `v2:10.0.0.1:3300/0`, `[v2:10.0.0.1:3300/0,v1:10.0.0.1:6789/0]`. The kernel takes neither.
 */
function whyNotTheFormOfCeph(text: string): string | undefined {
    const all = [...text.matchAll(/(v[12]):((?:\[[^\]]*\]|[^[\],:/]+)(?::\d+)?)(?:\/\d+)?/g)];
    const [first] = all;
    const plain = /^((?:\[[^\]]*\]|[^[\],:/]+)(?::\d+)?)\/\d+$/.exec(text)?.[1];
    if (plain !== undefined) {
        return `leave out the nonce: "${plain}"`;
    }
    if (first === undefined) {
        return undefined;
    }
    const choices = all.map(([, version, address]) =>
        version === 'v2'
            ? `"${address}" with an ms_mode such as "prefer-crc" under mapOptions`
            : `"${address}"`,
    );
    return `the kernel takes ADDRESS[:PORT] only: write ${choices.reverse().join(', or ')}`;
}
