import {
    chmodSync,
    lstatSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    readlinkSync,
    rmSync,
    statSync,
    symlinkSync,
    utimesSync,
    writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EmittedFile } from '../model/emitted-file.ts';
import { readTree, writeTree } from '../testing/tree.ts';
import { type Disk, realDisk } from './disk.ts';
import { installFiles } from './install.ts';
import { identifySelf } from './process-identity.ts';
import { uninstallFiles } from './uninstall.ts';

// Waiting for the disk is most of the time, and nothing here outlives the machine.
const quick: Disk = { ...realDisk, fsyncSync: () => {} };

let base: string;
let root: string;
beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'rbdboot-install-'));
    root = join(base, 'root');
    mkdirSync(join(root, 'etc'), { recursive: true });
});
afterEach(() => rmSync(base, { recursive: true }));

const script: EmittedFile = { path: 'etc/hooks/rbdboot', mode: 0o755, text: '#!/bin/sh\n' };
const plain: EmittedFile = { path: 'etc/ceph/ceph.conf', mode: 0o644, text: '[global]\n' };
const secret: EmittedFile = { path: 'etc/ceph/keyring', mode: 0o600, text: 'key = 12345\n' };
const files = [script, plain, secret];
const at = (path: string) => join(root, path);
const modeOf = (path: string) => statSync(at(path)).mode & 0o7777;

describe('installFiles', { timeout: 60_000 }, () => {
    it.each([0o000, 0o022, 0o077])('gives files their modes under umask %i', (mask) => {
        const before = process.umask(mask);
        try {
            expect(installFiles(root, files)).toMatchObject({ ok: true });
        } finally {
            process.umask(before);
        }
        expect(files.map(({ path }) => modeOf(path))).toEqual([0o755, 0o644, 0o600]);
        expect([modeOf('etc/ceph'), modeOf('var/lib'), modeOf('var/lib/rbdboot')]).toEqual([
            0o755, 0o755, 0o700,
        ]);
    });

    it('shows a secret to no one at any moment', () => {
        const before = process.umask(0);
        const disk = new Proxy(quick, {
            get(target, name: keyof Disk) {
                const call = target[name] as (...args: unknown[]) => unknown;
                return (...args: unknown[]) => {
                    const result = call(...args);
                    for (const [path, contents] of Object.entries(readTree(root))) {
                        if (contents.includes(secret.text) || path.includes('.keyring.')) {
                            expect(contents, path).toMatch(/^0600/);
                        }
                    }
                    return result;
                };
            },
        });
        try {
            expect(installFiles(root, files, { disk })).toMatchObject({ ok: true });
        } finally {
            process.umask(before);
        }
    });

    it('says what it did, and the second time that nothing changed', () => {
        const actions = (outcome: ReturnType<typeof installFiles>) =>
            outcome.ok ? outcome.value.changes.map(({ action }) => action) : outcome.diagnostics;
        expect(actions(installFiles(root, files))).toEqual(['create', 'create', 'create']);
        const inode = statSync(at(plain.path)).ino;
        const record = statSync(at('var/lib/rbdboot/installed.json')).ino;
        expect(actions(installFiles(root, files))).toEqual(['unchanged', 'unchanged', 'unchanged']);
        expect(statSync(at(plain.path)).ino).toBe(inode);
        expect(statSync(at('var/lib/rbdboot/installed.json')).ino).toBe(record);
        chmodSync(at(script.path), 0o644);
        expect(actions(installFiles(root, files))).toEqual(['update', 'unchanged', 'unchanged']);
        expect(modeOf(script.path)).toBe(0o755);
    });

    it('removes what an earlier run wrote and this one does not', () => {
        installFiles(root, files);
        const outcome = installFiles(root, [plain]);
        expect(outcome).toMatchObject({ ok: true });
        const tree = Object.keys(readTree(at('etc')));
        expect(tree.filter((path) => !path.endsWith('/'))).toEqual(['ceph/ceph.conf']);
    });

    it.each([
        ['a file', () => writeTree(root, { [plain.path]: 'by hand\n' })],
        ['the very same file', () => writeTree(root, { [plain.path]: plain.text })],
        [
            'a symbolic link',
            () => {
                mkdirSync(at('etc/ceph'));
                symlinkSync('/elsewhere', at(plain.path));
            },
        ],
    ])('leaves %s alone that it did not write, unless forced', (_, prepare) => {
        prepare();
        const before = readTree(root);
        expect(installFiles(root, files)).toMatchObject({
            ok: false,
            diagnostics: [{ code: 'RB304', message: expect.stringContaining(plain.path) }],
        });
        expect(readTree(root)).toEqual(before);

        expect(installFiles(root, files, { force: true })).toMatchObject({
            ok: true,
            value: {
                changes: [
                    {},
                    { action: 'replace', saved: 'var/lib/rbdboot/saved/etc/ceph/ceph.conf' },
                    {},
                ],
            },
        });
        expect(readFileSync(at(plain.path), 'utf8')).toBe(plain.text);
        expect(lstatSync(at(plain.path)).isFile()).toBe(true);
        expect(uninstallFiles(root)).toMatchObject({ ok: true });
        expect(readTree(root)).toEqual(before);
    });

    it('brings a replaced file back with its mode, owner and time', () => {
        writeTree(root, { [plain.path]: 'by hand\n' });
        chmodSync(at(plain.path), 0o640);
        utimesSync(at(plain.path), 1000, 1000);
        installFiles(root, files, { force: true });
        uninstallFiles(root);
        expect(statSync(at(plain.path))).toMatchObject({ mtimeMs: 1_000_000 });
        expect(modeOf(plain.path)).toBe(0o640);
    });

    it('does not replace a directory, forced or not', () => {
        mkdirSync(at(plain.path), { recursive: true });
        expect(installFiles(root, files, { force: true })).toMatchObject({
            diagnostics: [{ code: 'RB304', hint: 'move it away' }],
        });
    });

    it('names every file that is in the way', () => {
        writeTree(root, { [plain.path]: 'x', [script.path]: 'x' });
        const outcome = installFiles(root, files);
        expect(outcome.ok ? [] : outcome.diagnostics).toHaveLength(2);
    });

    it('takes an edited file of its own for one that it did not write', () => {
        installFiles(root, files);
        writeTree(root, { [plain.path]: 'edited\n' });
        const outcome = installFiles(root, files);
        expect(outcome).toMatchObject({
            diagnostics: [{ message: expect.stringContaining('was edited since') }],
        });
        expect(installFiles(root, files, { force: true })).toMatchObject({ ok: true });
        const saved = 'var/lib/rbdboot/saved/etc/ceph/ceph.conf';
        expect(readFileSync(at(saved), 'utf8')).toBe('edited\n');
    });

    it('loses neither an original nor a later edit', () => {
        writeTree(root, { [plain.path]: 'by hand\n' });
        installFiles(root, files, { force: true });
        writeTree(root, { [plain.path]: 'edited\n' });
        const kept = 'var/lib/rbdboot/saved/etc/ceph/ceph.conf.1';
        expect(installFiles(root, files, { force: true })).toMatchObject({
            value: { kept: [kept] },
        });
        expect(uninstallFiles(root)).toMatchObject({ value: { kept: [kept] } });
        expect(readFileSync(at(plain.path), 'utf8')).toBe('by hand\n');
        expect(readFileSync(at(kept), 'utf8')).toBe('edited\n');
    });

    it('changes nothing in a dry run, and shows what it would change', () => {
        installFiles(root, files);
        const before = readTree(root);
        const next = [
            { ...plain, text: '[global]\nfsid = 1\n' },
            { ...secret, text: 'key = 678\n' },
        ];
        const outcome = installFiles(root, next, { dryRun: true });
        expect(readTree(root)).toEqual(before);
        expect(outcome).toMatchObject({
            value: {
                changes: [
                    { action: 'update', diff: expect.stringContaining('+fsid = 1') },
                    { action: 'update', diff: 'file etc/ceph/keyring: contents not shown\n' },
                    { action: 'remove', diff: expect.stringContaining('-#!/bin/sh') },
                ],
            },
        });
        expect(JSON.stringify(outcome)).not.toContain('12345');
        expect(JSON.stringify(outcome)).not.toContain('678');
    });

    it.each(['/etc/passwd', '../x', 'a/../../x', 'a//b', './a', 'a/', 'a\0b', ''])(
        'does not even try the path %j',
        (path) => {
            expect(() => installFiles(root, [{ ...plain, path }])).toThrow('no path inside a root');
        },
    );

    it('refuses two files of one path', () => {
        expect(() => installFiles(root, [plain, plain])).toThrow('two files');
    });

    it.each([
        ['nowhere', 'there is no such directory'],
        ['file', 'it is not a directory'],
    ])('refuses the root %s', (name, reason) => {
        writeTree(base, { file: '' });
        expect(installFiles(join(base, name), files)).toMatchObject({
            diagnostics: [{ code: 'RB301', message: expect.stringContaining(reason) }],
        });
    });

    it('does not guess at a damaged record', () => {
        installFiles(root, files);
        writeTree(root, { 'var/lib/rbdboot/installed.json': '{ "version": 1' });
        const before = readTree(root);
        expect(installFiles(root, files)).toMatchObject({ diagnostics: [{ code: 'RB309' }] });
        expect(uninstallFiles(root)).toMatchObject({ diagnostics: [{ code: 'RB309' }] });
        expect(readTree(root)).toEqual(before);
    });

    it('makes no dry run on top of an interrupted one', () => {
        const journal = { phase: 'undo', make: [], drop: [], changes: [] };
        writeTree(root, { 'var/lib/rbdboot/journal.json': JSON.stringify(journal) });
        expect(installFiles(root, files, { dryRun: true })).toMatchObject({
            diagnostics: [{ code: 'RB310' }],
        });
        expect(installFiles(root, files)).toMatchObject({ value: { recovery: 'undone' } });
    });
});

describe('symbolic links in a root', () => {
    it.each(['usr/etc', '/usr/etc', '../../../usr/etc', '/usr/../usr/./etc'])(
        'are followed inside it: etc -> %s',
        (target) => {
            rmSync(at('etc'), { recursive: true });
            mkdirSync(at('usr/etc'), { recursive: true });
            symlinkSync(target, at('etc'));
            const before = readTree(root);
            expect(installFiles(root, files)).toMatchObject({ ok: true });
            expect(readFileSync(at('usr/etc/ceph/ceph.conf'), 'utf8')).toBe(plain.text);
            expect(installFiles(root, files)).toMatchObject({
                value: { changes: [{ action: 'unchanged' }, {}, {}] },
            });
            expect(uninstallFiles(root)).toMatchObject({ ok: true });
            expect(readTree(root)).toEqual(before);
        },
    );

    it('never lead to the files of this machine', () => {
        const outside = join(base, 'outside');
        mkdirSync(outside);
        rmSync(at('etc'), { recursive: true });
        symlinkSync(outside, at('etc'));
        const before = readTree(base);
        expect(installFiles(root, files)).toMatchObject({
            diagnostics: [
                {
                    code: 'RB304',
                    message: expect.stringContaining('etc is a symbolic link to nothing'),
                },
                {},
                {},
            ],
        });
        expect(readTree(base)).toEqual(before);
    });

    it('may make a circle', () => {
        rmSync(at('etc'), { recursive: true });
        symlinkSync('etc', at('etc'));
        expect(installFiles(root, [plain])).toMatchObject({
            diagnostics: [{ message: expect.stringContaining('in a circle') }],
        });
    });

    it('may make one file of two paths, which is refused', () => {
        mkdirSync(at('etc/ceph'));
        symlinkSync('ceph', at('etc/other'));
        const twin = { ...plain, path: 'etc/other/ceph.conf' };
        expect(installFiles(root, [plain, twin])).toMatchObject({
            diagnostics: [{ code: 'RB304', message: expect.stringContaining('two files') }],
        });
    });

    it('are not what a file in the place of a directory is', () => {
        writeTree(root, { 'etc/ceph': '' });
        expect(installFiles(root, [plain])).toMatchObject({
            diagnostics: [{ message: expect.stringContaining('etc/ceph is not a directory') }],
        });
    });

    it('may be the root itself', () => {
        symlinkSync(root, join(base, 'link'));
        expect(installFiles(join(base, 'link'), files)).toMatchObject({ value: { root } });
    });
});

describe('the lock', () => {
    const hold = (holder: object) =>
        writeTree(root, { 'var/lib/rbdboot/lock': JSON.stringify(holder) });

    it('keeps a second run out, and names the first', () => {
        hold(identifySelf());
        const before = readTree(root);
        expect(installFiles(root, files)).toMatchObject({
            diagnostics: [{ code: 'RB308', message: expect.stringContaining(`${process.pid}`) }],
        });
        expect(uninstallFiles(root)).toMatchObject({ diagnostics: [{ code: 'RB308' }] });
        expect(readTree(root)).toEqual(before);
    });

    it.each([
        ['a process that is gone', { started: '1' }],
        ['an earlier boot', { boot: 'earlier' }],
    ])('of %s is taken over', (_, change) => {
        hold({ ...identifySelf(), ...change });
        expect(installFiles(root, files)).toMatchObject({ ok: true });
        expect(Object.keys(readTree(at('var/lib/rbdboot')))).toEqual(['installed.json']);
    });

    it('that makes no sense is taken over: only a power cut leaves one', () => {
        writeTree(root, { 'var/lib/rbdboot/lock': '' });
        expect(installFiles(root, files)).toMatchObject({ ok: true });
    });

    it.each([
        ['another machine', { host: 'elsewhere', boot: 'other' }],
        ['another pid namespace', { namespace: 'pid:[1]' }],
    ])('of %s is respected', (_, change) => {
        hold({ ...identifySelf(), ...change });
        expect(installFiles(root, files)).toMatchObject({ diagnostics: [{ code: 'RB308' }] });
    });

    it('is held while files are written', () => {
        const inner: unknown[] = [];
        const disk = new Proxy(realDisk, {
            get(target, name: keyof Disk) {
                if (name === 'linkSync' || name === 'mkdirSync') {
                    inner.push(installFiles(root, []));
                }
                return target[name];
            },
        });
        mkdirSync(at('var/lib/rbdboot'), { recursive: true });
        installFiles(root, [script], { disk });
        expect(inner.at(-1)).toMatchObject({ diagnostics: [{ code: 'RB308' }] });
    });
});

describe('installFiles of thousands of files', { timeout: 60_000 }, () => {
    const many = Array.from({ length: 150 }, (_, index) => ({
        ...plain,
        path: `by-mac/${index}/boot.ipxe`,
    }));

    it('puts them on the disk at once: the files, then their names', () => {
        let synced = 0;
        let single = 0;
        const disk: Disk = {
            ...realDisk,
            fsyncSync: () => {
                single += 1;
            },
            syncFileSystem: (path) => {
                const names = Object.keys(readTree(path)).filter((name) => !name.endsWith('/'));
                const complete = names.filter((name) => name.endsWith('/boot.ipxe'));
                expect(complete).toHaveLength(synced === 0 ? 0 : 150);
                synced += 1;
            },
        };
        expect(installFiles(root, many, { disk })).toMatchObject({ ok: true });
        expect(synced).toBe(2);
        expect(single).toBeLessThan(50);
    });

    it.each([1, 2])('writes none of them if the disk fails at sync %i', (bad) => {
        const before = readTree(root);
        let synced = 0;
        const disk: Disk = {
            ...quick,
            syncFileSystem: () => {
                synced += 1;
                if (synced === bad) {
                    throw Object.assign(new Error('EIO: i/o error, syncfs'), { code: 'EIO' });
                }
            },
        };
        expect(installFiles(root, many, { disk })).toMatchObject({
            diagnostics: [{ code: 'RB305' }],
        });
        expect(readTree(root)).toEqual(before);
    });
});

describe('uninstallFiles', { timeout: 60_000 }, () => {
    it('leaves the root as it was before', () => {
        const before = readTree(root);
        installFiles(root, files);
        expect(uninstallFiles(root)).toMatchObject({ ok: true });
        expect(readTree(root)).toEqual(before);
    });

    it('leaves a directory in which someone else has put a file', () => {
        installFiles(root, files);
        writeTree(root, { 'etc/ceph/mine': '' });
        uninstallFiles(root);
        expect(Object.keys(readTree(at('etc')))).toEqual(['ceph/', 'ceph/mine']);
    });

    it('has nothing to do where nothing is installed', () => {
        const before = readTree(root);
        expect(uninstallFiles(root)).toMatchObject({ diagnostics: [{ code: 'RB307' }] });
        expect(readTree(root)).toEqual(before);
    });

    it('does not mind a file that is gone', () => {
        installFiles(root, files);
        rmSync(at(plain.path));
        expect(uninstallFiles(root)).toMatchObject({ ok: true });
    });

    it('keeps a copy of an edited file, and removes it only by force', () => {
        installFiles(root, files);
        writeFileSync(at(plain.path), 'edited\n');
        expect(uninstallFiles(root)).toMatchObject({ diagnostics: [{ code: 'RB304' }] });
        const kept = 'var/lib/rbdboot/saved/etc/ceph/ceph.conf';
        expect(uninstallFiles(root, { force: true })).toMatchObject({ value: { kept: [kept] } });
        expect(readFileSync(at(kept), 'utf8')).toBe('edited\n');
    });

    it('changes nothing in a dry run', () => {
        installFiles(root, files);
        const before = readTree(root);
        expect(uninstallFiles(root, { dryRun: true })).toMatchObject({
            value: { changes: [{ action: 'remove' }, { action: 'remove' }, { action: 'remove' }] },
        });
        expect(readTree(root)).toEqual(before);
    });

    it('says so if a saved original is gone', () => {
        writeTree(root, { [plain.path]: 'by hand\n' });
        installFiles(root, files, { force: true });
        rmSync(at('var/lib/rbdboot/saved/etc/ceph/ceph.conf'));
        expect(uninstallFiles(root)).toMatchObject({ diagnostics: [{ code: 'RB309' }] });
    });

    it('takes back any sequence of installations', () => {
        const paths = ['a', 'd/a', 'd/b', 'd/e/a', 'l/a', 'link'];
        const emitted = fc.uniqueArray(
            fc.record({
                path: fc.constantFrom(...paths),
                mode: fc.constantFrom(0o600, 0o644, 0o755),
                text: fc.constantFrom('', 'one\n', 'two\n'),
            }),
            { selector: ({ path }) => path },
        );
        const foreign = fc.subarray(['a', 'd/b', 'd/x', 'l/a']);
        const property = fc.property(foreign, fc.array(emitted, { minLength: 1 }), (mine, runs) => {
            rmSync(root, { recursive: true });
            mkdirSync(at('real'), { recursive: true });
            symlinkSync('/real', at('l'));
            symlinkSync('nowhere', at('link'));
            writeTree(
                root,
                Object.fromEntries(mine.map((path) => [path.replace('l/', 'real/'), path])),
            );
            const before = readTree(root);
            for (const run of runs) {
                expect(installFiles(root, run, { force: true, disk: quick })).toMatchObject({
                    ok: true,
                });
                for (const { path, text, mode } of run) {
                    const place = path.replace('l/', 'real/');
                    expect(readFileSync(at(place), 'utf8')).toBe(text);
                    expect(modeOf(place)).toBe(mode);
                }
            }
            expect(uninstallFiles(root, { disk: quick })).toMatchObject({ ok: true });
            expect(readTree(root)).toEqual(before);
            expect(readlinkSync(at('link'))).toBe('nowhere');
        });
        fc.assert(property, { numRuns: 25 });
    });
});
