import { accepted, type Parsed, refused } from './parsed.ts';

declare const brand: unique symbol;

/** The number of a VLAN. */
export type VlanId = number & { readonly [brand]: 'VlanId' };

/** Reads 1 to 4094: 0 is for priority alone, and 4095 is reserved (IEEE 802.1Q). */
export function parseVlanId(id: number): Parsed<VlanId> {
    return Number.isInteger(id) && id >= 1 && id <= 4094
        ? accepted(id as VlanId)
        : refused('a VLAN has a number from 1 to 4094');
}
