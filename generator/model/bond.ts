import type { MacAddress } from './mac-address.ts';
import { accepted, type Parsed, refused } from './parsed.ts';

/** How the NICs of a bond share their work (Documentation/networking/bonding.rst). */
export const bondModes = ['active-backup', '802.3ad'] as const;
export type BondMode = (typeof bondModes)[number];

/** Several NICs that act as one. */
export interface Bond {
    readonly mode: BondMode;
    /** At least two. The first is the host's `mac`, which is the address of the bond too. */
    readonly nics: readonly [MacAddress, ...MacAddress[]];
}

/** Puts the NICs in order: the bond takes the address of the first that joins it. */
export function parseBond(
    mode: BondMode,
    nics: readonly MacAddress[],
    mac: MacAddress,
): Parsed<Bond> {
    const others = nics.filter((nic) => nic !== mac);
    if (nics.length < 2) {
        return refused('a bond has at least two NICs');
    }
    if (new Set(nics).size < nics.length) {
        return refused('it lists a NIC twice');
    }
    return others.length === nics.length
        ? refused(`it lacks the NIC that the host boots from, ${mac}`)
        : accepted(Object.freeze({ mode, nics: Object.freeze([mac, ...others] as const) }));
}
