import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { findLeaks, redact } from './canary.ts';
import { makeKey } from './cluster/key.ts';
import { filesIn } from './files-in.ts';

const key = makeKey();
const secret = Buffer.from(key, 'base64').subarray(12);
const hex = secret.toString('hex');
const pairs = hex.match(/../g) ?? [];

/** As `hexdump -C` and the kernel's print_hex_dump write it, 16 bytes a line, the key in the middle. */
function dump(begin: string, end: string): string {
    const bytes = Buffer.concat([Buffer.from('.key: '), secret, Buffer.from('..........')]);
    const lines = [bytes.subarray(0, 16), bytes.subarray(16, 32)];
    return lines
        .map((line, index) => {
            const digits = (line.toString('hex').match(/../g) ?? []).join(' ');
            const shown = line.toString('latin1').replace(/[^ -~]/g, '.');
            return `${begin}000000${index}0${end} ${digits}  ${shown}\n`;
        })
        .join('');
}

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
    'what hexdump prints': dump('', ' '),
    'a dump in the log of the kernel': dump('[   12.345678] key: ', ':'),
    'UTF-16, least byte first': Buffer.from(`key = ${key}`, 'utf16le'),
    'UTF-16, greatest byte first': Buffer.from(`key = ${key}`, 'utf16le').swap16(),
    'digits in UTF-16': Buffer.from(`key = ${hex.toUpperCase()}`, 'utf16le'),
    'the bytes, each as a character of UTF-16': Buffer.from(secret.toString('latin1'), 'utf16le'),
    'a keyring in base64': Buffer.from(`[client.desks]\n\tkey = ${key}\n`).toString('base64'),
    'the same, one byte on': Buffer.from(`[client.desks]\n\t key = ${key}\n`).toString('base64'),
    'the same, two bytes on': Buffer.from(`[client.desks]\n\t  key = ${key}\n`).toString('base64'),
};

/** What a run leaves below its directory, where the search looks for keys. */
const files = [
    'first-boot-1-desk1/console.raw',
    'first-boot-1-desk1/events.jsonl',
    'first-boot-1-desk1/qemu.argv',
    'first-boot-1-desk1/qemu.stderr',
    'first-boot-1-desk1/qmp.log',
    'first-boot-1-desk1/net.pcap',
    'logs/dnsmasq.log',
    'logs/nginx-access.log',
    'logs/nginx-error.log',
    'logs/mon.a.log',
    'logs/osd.0.log',
    'logs/mds.a.log',
];

describe.each(Object.entries(spellings))('a key in %s', (_, printed) => {
    it('is found and struck out', () => {
        const contents = Buffer.from(printed);
        expect(findLeaks({ console: contents }, [key])).not.toEqual([]);
        expect(findLeaks({ console: redact(contents, [key]) }, [key])).toEqual([]);
    });

    it('is found in each file that a run leaves, and named by it', async () => {
        const directory = await mkdtemp(join(tmpdir(), 'canary-'));
        try {
            for (const file of files) {
                await mkdir(join(directory, dirname(file)), { recursive: true });
                const noise = Buffer.alloc(1 << 12, 'nothing to see\n');
                const contents = Buffer.concat([noise, Buffer.from(printed), noise]);
                await writeFile(join(directory, file), contents, { mode: 0o600 });
            }
            const leaks = findLeaks(await filesIn(directory), [key]);
            expect([...new Set(leaks.map(({ file }) => file))].sort()).toEqual([...files].sort());
            const clean = Object.entries(await filesIn(directory)).map(
                ([file, contents]) => [file, redact(contents, [key])] as const,
            );
            expect(findLeaks(Object.fromEntries(clean), [key])).toEqual([]);
        } finally {
            await rm(directory, { recursive: true });
        }
    });
});

test('another key, or a part of one, is no leak', () => {
    const contents = Buffer.from(`${makeKey()} ${key.slice(0, 12)} ${hex.slice(0, 8)}`);
    expect(findLeaks({ console: contents }, [key])).toEqual([]);
    expect(redact(contents, [key])).toEqual(contents);
});

test('a passphrase is looked for from its first character on', () => {
    const passphrase = 'correct horse';
    const secretOf = (text: string) => Buffer.from(text).toString('base64');
    const found = findLeaks({ console: Buffer.from(`type it: ${passphrase}`) }, [
        secretOf(passphrase),
    ]);
    expect(found).toEqual([{ file: 'console', form: 'bytes' }]);
    const other = findLeaks({ console: Buffer.from('a battery horse') }, [secretOf(passphrase)]);
    expect(other).toEqual([]);
});

test('what is too short to be looked for is no key', () => {
    const short = Buffer.from('horse').toString('base64');
    expect(() => findLeaks({}, [short])).toThrow('a key of 5 bytes cannot be looked for');
});
