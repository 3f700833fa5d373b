import { accepted, type Parsed, refused } from './parsed.ts';

declare const brand: unique symbol;

/** A span of time in whole seconds, as the kernel takes its timeouts. */
export type Seconds = number & { readonly [brand]: 'Seconds' };

/** A span of time as a configuration writes it: the unit is part of it. */
export type DurationText = `${number}s` | `${number}m` | `${number}h`;

const secondsIn: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** The kernel counts timeouts in milliseconds, in 31 bits (net/ceph/ceph_common.c). */
const longest = Math.floor((2 ** 31 - 1) / 1000);

/** Reads `30s`, `2m` or `1h`: whole seconds, up to 24 days. */
export function parseDuration(text: string): Parsed<Seconds> {
    if (/^\d+$/.test(text)) {
        return refused(`it has no unit: write "${text}s" for seconds or "${text}m" for minutes`);
    }
    if (/^\d+ms$/.test(text)) {
        return refused('the kernel takes whole seconds, no milliseconds');
    }
    const [, amount = '', unit = ''] = /^(\d+)([smh])$/.exec(text) ?? [];
    if (amount === '') {
        return refused('a duration is a whole number and a unit: "30s", "2m" or "1h"');
    }
    const seconds = Number(amount) * (secondsIn[unit] ?? 1);
    return seconds > longest
        ? refused(`it is longer than the kernel can wait, which is ${longest} s (24 days)`)
        : accepted(seconds as Seconds);
}
