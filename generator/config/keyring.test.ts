import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KernelVersion } from '../model/kernel-version.ts';
import type { ClientName } from '../model/names.ts';
import { parseKeyring, readKeyring } from './keyring.ts';

const client = 'desks' as ClientName;

/** Type 1, time 0, length 16, sixteen zero bytes: well formed and of no cluster. */
const key = Buffer.from([1, 0, ...Array(8).fill(0), 16, 0, ...Array(16).fill(0)]).toString(
    'base64',
);

describe('parseKeyring', () => {
    it.each([
        ['as ceph writes it', `[client.desks]\n\tkey = ${key}\n\tcaps mon = "profile rbd"\n`],
        ['without spaces, with other line ends', `[client.desks]\r\nkey=${key}\r\n`],
        ['after another client', `[client.admin]\nkey = nothing\n\n[client.desks]\nkey = ${key}\n`],
    ])('reads one %s', (_, text) => {
        expect(parseKeyring(text, client)).toEqual({ ok: true, value: key });
    });

    it.each([
        ['', 'there is no section [client.desks] in it'],
        [
            `[client.admin]\nkey = ${key}\n`,
            'there is no section [client.desks] in it; it has client.admin',
        ],
        [
            '[client.desks]\ncaps mon = "allow r"\n',
            'its section [client.desks] has no line "key = …"',
        ],
        [`[client.desks]\n# key = ${key}\n`, 'its section [client.desks] has no line "key = …"'],
        [
            `[client.desks]\nkey = ${key}\nkey = ${key}\n`,
            'its section [client.desks] has more than one line "key = …"',
        ],
        ['[client.desks]\nkey = \n', 'the key of client.desks: a key is one word of base64'],
    ])('refuses %j', (text, reason) => {
        expect(parseKeyring(text, client)).toEqual({ ok: false, reason });
    });

    it('never repeats the key', () => {
        const cut = key.slice(0, -8);
        const parsed = parseKeyring(`[client.desks]\nkey = ${cut}\n`, client);
        expect(parsed.ok).toBe(false);
        expect(JSON.stringify(parsed)).not.toContain(cut.slice(0, 8));
    });
});

describe('readKeyring', () => {
    let folder: string;
    beforeAll(() => {
        folder = mkdtempSync(join(tmpdir(), 'rbdboot-keyring-'));
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    it('gives the key', () => {
        writeFileSync(join(folder, 'good'), `[client.desks]\nkey = ${key}\n`);
        expect(readKeyring(join(folder, 'good'), client)).toEqual({ ok: true, value: key });
    });

    it('refuses a key that the kernel does not know, and says which kernel', () => {
        const newer = Buffer.alloc(44, 7);
        newer.writeUInt16LE(2, 0);
        newer.writeUInt16LE(32, 10);
        const file = join(folder, 'newer');
        writeFileSync(file, `[client.desks]\nkey = ${newer.toString('base64')}\n`);
        const read = (kernel?: KernelVersion) => {
            const outcome = readKeyring(file, client, kernel);
            return outcome.ok ? 'taken' : outcome.diagnostics[0]?.code;
        };
        expect([read(), read({ major: 6, minor: 12 }), read({ major: 7, minor: 0 })]).toEqual([
            'RB303',
            'RB114',
            'taken',
        ]);
    });

    it.each([
        ['nowhere', 'there is no such file'],
        ['.', 'it is a directory'],
    ])('%s is none', (name, reason) => {
        expect(readKeyring(join(folder, name), client)).toMatchObject({
            diagnostics: [{ code: 'RB303', message: expect.stringContaining(reason) }],
        });
    });
});
