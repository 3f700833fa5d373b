import type { HttpRequest } from './nginx.ts';

/** What of the servers' logs is about one machine. Servers are shared by all that have power. */
export interface OwnTraffic {
    /**
     * Lines of the DHCP and TFTP server that are about the machine: none, the line, or with it those
     * before it that belong to the same message.
     */
    readonly dhcp: (line: string) => readonly string[];
    /** Whether the machine asked for it. */
    readonly http: (request: HttpRequest) => boolean;
}

/** A line about a message of DHCP begins with the number of its exchange (dnsmasq, log-dhcp). */
const exchangeLine = /^dnsmasq-dhcp\[\d+\]: (?<exchange>\d+) (?<rest>.*)$/;
const mac = /(?:[0-9a-f]{2}:){5}[0-9a-f]{2}/;
const acknowledged = /^DHCPACK\(\S+\) (?<address>\S+) /;
const anAddress = /\b(?:\d{1,3}\.){3}\d{1,3}\b/;

/** @param macs of the NICs of the machine, in lower case. */
export function trafficOf(macs: readonly string[]): OwnTraffic {
    const addresses = new Set<string>();
    /** By exchange: whose it is, or the lines that came before that was said. */
    const exchanges = new Map<string, boolean | string[]>();
    return {
        http: ({ client }) => addresses.has(client),
        dhcp(line) {
            const { exchange, rest = '' } = exchangeLine.exec(line)?.groups ?? {};
            if (exchange === undefined) {
                return isAbout(line, macs, addresses) ? [line] : [];
            }
            const named = mac.exec(rest)?.[0];
            const known = exchanges.get(exchange) ?? [];
            if (named === undefined && typeof known !== 'boolean') {
                exchanges.set(exchange, [...known, line]);
                return [];
            }
            const own = named === undefined ? known === true : macs.includes(named);
            exchanges.set(exchange, own);
            const address = acknowledged.exec(rest)?.groups?.address;
            if (own && address !== undefined) {
                addresses.add(address);
            }
            return own ? [...(typeof known === 'boolean' ? [] : known), line] : [];
        },
    };
}

/** What names no machine is about all of them. */
function isAbout(line: string, macs: readonly string[], addresses: ReadonlySet<string>): boolean {
    const named = mac.exec(line)?.[0];
    if (named !== undefined) {
        return macs.includes(named);
    }
    const address = line.startsWith('dnsmasq-tftp') ? anAddress.exec(line)?.[0] : undefined;
    return address === undefined || addresses.has(address);
}
