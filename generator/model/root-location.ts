import { accepted, type Parsed, refused } from './parsed.ts';

declare const brand: unique symbol;

/**
 * Where on the image the root is, as it stands in a boot script and in a host archive:
 * `PARTITION=2`, or a tag as blkid(8) finds it, `UUID=…`, `LABEL=…` or `PARTUUID=…`.
 */
export type RootLocation = string & { readonly [brand]: 'RootLocation' };

/** What a root is looked for by, with its value: `UUID=0b1c…`. */
export type RootTag = `UUID=${string}` | `LABEL=${string}` | `PARTUUID=${string}`;

/** The most that the kernel numbers on a device of one major number (drivers/block/rbd.c, RBD_SINGLE_MAJOR_PART_SHIFT). */
const mostPartitions = 15;

/** Reads the number of a partition. */
export function parsePartition(number: number): Parsed<RootLocation> {
    return Number.isInteger(number) && number >= 1 && number <= mostPartitions
        ? accepted(`PARTITION=${number}` as RootLocation)
        : refused(`partitions of an image are counted from 1 to ${mostPartitions}`);
}

/**
 * Reads what a root is looked for by. A UUID is taken in either case and written in lower case, as
 * blkid prints those of ext4, xfs, btrfs and of partitions.
 */
export function parseRootTag(text: string): Parsed<RootLocation> {
    const [tag = '', ...rest] = text.split('=');
    const value = rest.join('=');
    switch (tag) {
        case 'UUID':
        case 'PARTUUID':
            return /^[0-9a-f]+(-[0-9a-f]+)+$/i.test(value)
                ? accepted(`${tag}=${value.toLowerCase()}` as RootLocation)
                : refused(`a ${tag} is digits and letters a to f, with "-": "blkid" prints it`);
        case 'LABEL':
            return /^[A-Za-z0-9_][A-Za-z0-9_.:+-]*$/.test(value)
                ? accepted(text as RootLocation)
                : refused(
                      'a label has letters, digits, "_", ".", ":", "+" and "-" here: look for the root by its UUID, or relabel it',
                  );
        default:
            return refused('a root is looked for by "UUID=...", "LABEL=..." or "PARTUUID=..."');
    }
}
