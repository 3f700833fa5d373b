import { accepted, type Parsed, refused } from './parsed.ts';

declare const brand: unique symbol;

/** The hardware address of a NIC, lower case with colons, as `/sys/class/net/<nic>/address` shows it. */
export type MacAddress = string & { readonly [brand]: 'MacAddress' };

/**
 * Reads `52:54:00:ab:cd:ef`, in either case, with colons or dashes.
 *
 * Refuses group addresses (lowest bit of the first byte, IEEE 802): no NIC has one of its own.
 */
export function parseMacAddress(text: string): Parsed<MacAddress> {
    if (!/^[0-9a-f]{2}([:-])[0-9a-f]{2}(\1[0-9a-f]{2}){4}$/i.test(text)) {
        return refused('a MAC address is six pairs of hexadecimal digits, as 52:54:00:ab:cd:ef');
    }
    const address = text.toLowerCase().replaceAll('-', ':');
    if (Number.parseInt(address.slice(0, 2), 16) & 1) {
        return refused('it is a group address (the first byte is odd), which no NIC has');
    }
    if (address === '00:00:00:00:00:00') {
        return refused('it is the empty address, which no NIC has');
    }
    return accepted(address as MacAddress);
}
