import { isIP } from 'node:net';
import { parseDuration } from './duration.ts';
import { type MapOptionName, type MapOptionRule, mapOptionRules } from './map-options.ts';
import { accepted, type Parsed, refused } from './parsed.ts';
import { parseSize } from './size.ts';

declare const brand: unique symbol;

/** An option as it stands in the kernel's map string: `queue_depth=256`, `rxbounce`, `nocrc`. */
export type MapOptionWord = string & { readonly [brand]: 'MapOptionWord' };

/** An option of the kernel's RBD client that a configuration sets. */
export interface MapOption {
    readonly name: MapOptionName;
    /** Without white space and commas, which the map string has as separators. */
    readonly word: MapOptionWord;
}

/**
 * Reads the value that a configuration gives to an option.
 *
 * @returns `undefined` in place of an option if it says what the kernel does without it.
 */
export function parseMapOption(
    name: MapOptionName,
    value: string | number | boolean,
): Parsed<MapOption | undefined> {
    const word = parseValue(name, mapOptionRules[name], value);
    if (!word.ok) {
        return word;
    }
    return accepted(
        word.value === undefined
            ? undefined
            : Object.freeze({ name, word: word.value as MapOptionWord }),
    );
}

/** The options as they stand in a map string, joined with commas; empty if there are none. */
export function printMapOptions(options: readonly MapOption[]): string {
    return options.map(({ word }) => word).join(',');
}

function parseValue(
    name: MapOptionName,
    rule: MapOptionRule,
    value: string | number | boolean,
): Parsed<string | undefined> {
    switch (rule.kind) {
        case 'flag':
            return typeof value === 'boolean'
                ? accepted(value ? name : undefined)
                : refused('it is true or false');
        case 'switch':
            return typeof value === 'boolean'
                ? accepted(value ? name : `no${name}`)
                : refused('it is true or false');
        case 'count':
            return typeof value === 'number' &&
                Number.isInteger(value) &&
                value >= 1 &&
                value < 2 ** 31
                ? accepted(`${name}=${value}`)
                : refused('it is a whole number, from 1');
        case 'duration':
            return durationWord(name, rule.least, String(value));
        case 'power':
            return powerWord(name, rule.least, String(value));
        case 'choice':
            return rule.values.includes(String(value))
                ? accepted(`${name}=${value}`)
                : refused(`it is one of ${rule.values.join(', ')}`);
        case 'location':
            return /^[\w.-]+:[\w.-]+(\|[\w.-]+:[\w.-]+)*$/.test(String(value))
                ? accepted(`${name}=${value}`)
                : refused('a location is written "type:name", several as "rack:r1|host:desk1"');
        case 'address':
            return isIP(String(value)) > 0 && !String(value).includes('%')
                ? accepted(`${name}=${isIP(String(value)) === 6 ? `[${value}]` : value}`)
                : refused('it is one IPv4 or IPv6 address');
    }
}

function durationWord(name: string, least: number, text: string): Parsed<string> {
    const seconds = parseDuration(text);
    if (!seconds.ok) {
        return seconds;
    }
    return seconds.value < least
        ? refused(`the kernel takes ${least}s at least`)
        : accepted(`${name}=${seconds.value}`);
}

function powerWord(name: string, least: number, text: string): Parsed<string> {
    const bytes = parseSize(text);
    if (!bytes.ok) {
        return bytes;
    }
    const exponent = Math.log2(bytes.value);
    return Number.isInteger(exponent) && bytes.value >= least && bytes.value < 2 ** 32
        ? accepted(`${name}=${bytes.value}`)
        : refused('it is a power of two, below 4G');
}
