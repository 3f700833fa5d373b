import { accepted, type Parsed, refused } from './parsed.ts';

declare const brand: unique symbol;

/** A number of bytes. */
export type Bytes = number & { readonly [brand]: 'Bytes' };

/** A size as a configuration writes it: the unit is part of it. */
export type SizeText = `${number}K` | `${number}M` | `${number}G` | `${number}T`;

/** Binary multiples, as `rbd create --size` has them. */
const bytesIn: Readonly<Record<string, number>> = {
    K: 2 ** 10,
    M: 2 ** 20,
    G: 2 ** 30,
    T: 2 ** 40,
};

/** Reads `64K`, `512M`, `10G` or `2T`: a whole number of binary multiples. */
export function parseSize(text: string): Parsed<Bytes> {
    if (/^\d+$/.test(text)) {
        return refused(`it has no unit: write "${text}K", "${text}M" or "${text}G"`);
    }
    const [, amount = '', unit = '', rest = ''] = /^(\d+)([KMGT])(i?B)?$/i.exec(text) ?? [];
    if (amount === '') {
        return refused('a size is a whole number and a unit: "64K", "512M" or "10G"');
    }
    if (rest !== '' || unit !== unit.toUpperCase()) {
        return refused(`write "${amount}${unit.toUpperCase()}"`);
    }
    const bytes = Number(amount) * (bytesIn[unit] ?? 1);
    if (bytes === 0) {
        return refused('a size is at least one unit');
    }
    return Number.isSafeInteger(bytes)
        ? accepted(bytes as Bytes)
        : refused('it is larger than any image');
}
