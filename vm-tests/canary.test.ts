import { expect, test } from 'vitest';
import { findLeaks, redact } from './canary.ts';
import { makeKey } from './cluster/key.ts';

const key = makeKey();
const secret = Buffer.from(key, 'base64').subarray(12);
const hex = secret.toString('hex');
const pairs = hex.match(/../g) ?? [];

const spellings: Readonly<Record<string, string | Buffer>> = {
    'a keyring': `key = ${key}`,
    'an option': `name=desks,secret=${key.replace(/=+$/, '')},x`,
    'the bytes': Buffer.concat([Buffer.from('x'), secret, Buffer.from('y')]),
    'hexadecimal digits': `0x${hex}`,
    'capital digits': hex.toUpperCase(),
    'a dump with spaces': pairs.join(' '),
    'a dump with colons': pairs.join(':'),
    'an escaped string': pairs.map((pair) => `\\x${pair}`).join(''),
    'an array in C': pairs.map((pair) => `0x${pair}`).join(', '),
    'what od prints': (hex.match(/..../g) ?? [])
        .map((word) => word.slice(2) + word.slice(0, 2))
        .join(' '),
};

test.each(Object.entries(spellings))('a key in %s is found and struck out', (_, printed) => {
    const contents = Buffer.from(printed);
    expect(findLeaks({ console: contents }, [key])).not.toEqual([]);
    expect(findLeaks({ console: redact(contents, [key]) }, [key])).toEqual([]);
});

test('another key, or a part of one, is no leak', () => {
    const contents = Buffer.from(`${makeKey()} ${key.slice(0, 12)} ${hex.slice(0, 8)}`);
    expect(findLeaks({ console: contents }, [key])).toEqual([]);
    expect(redact(contents, [key])).toEqual(contents);
});
