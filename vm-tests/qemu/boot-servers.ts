// What the servers of the lab have done for a machine, by their logs.
import type { MacAddress } from '../../generator/model/mac-address.ts';
import type { Machine } from './machine.ts';

/** Paths below `by-mac` and `by-uuid` that a machine was sent, over HTTP. */
export function scriptsSent({ journal }: Machine): readonly string[] {
    return journal
        .all()
        .filter(({ source }) => source === 'http')
        .map(({ text }) => /^200 (?:\/sites\/\w+)?(\/by-\S+\/boot\.ipxe) /.exec(text)?.[1])
        .filter((path) => path !== undefined);
}

/** The addresses that the DHCP server has given to a NIC, one for each time that it asked. */
export function leasesOf({ journal }: Machine, mac: MacAddress): readonly string[] {
    return journal
        .all()
        .filter(({ source }) => source === 'dhcp')
        .map(({ text }) => /DHCPACK\(\w+\) (?<address>\S+) (?<mac>\S+)/.exec(text)?.groups)
        .filter((groups) => groups?.mac === mac)
        .map((groups) => groups?.address ?? '');
}
