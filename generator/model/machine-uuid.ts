import { accepted, type Parsed, refused } from './parsed.ts';

declare const brand: unique symbol;

/** The UUID of a machine in its firmware, lower case, as iPXE prints it and `product_uuid` in sysfs. */
export type MachineUuid = string & { readonly [brand]: 'MachineUuid' };

/** What boards have whose maker left it as the firmware's author had it. */
const placeholders: readonly string[] = [
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    '03000200-0400-0500-0006-000700080009',
];

/** Reads `4c4c4544-0042-3510-8052-b4c04f4a4e32`, in either case (SMBIOS specification, type 1). */
export function parseMachineUuid(text: string): Parsed<MachineUuid> {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) {
        return refused(
            'a UUID has 32 hexadecimal digits in five groups: "cat /sys/class/dmi/id/product_uuid" prints it',
        );
    }
    const uuid = text.toLowerCase();
    return placeholders.includes(uuid)
        ? refused('many machines have this one, since their maker gave them none')
        : accepted(uuid as MachineUuid);
}
