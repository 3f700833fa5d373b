import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { projectDirectory } from '../build-directory.ts';
import { findLeaks } from '../canary.ts';
import { makeKey } from '../cluster/key.ts';
import { filesIn } from '../files-in.ts';
import { frameLengths } from '../qemu/capture.ts';
import { redactDirectory } from './redact-directory.ts';

const key = makeKey();
const secret = Buffer.from(key, 'base64').subarray(12);

/** A capture with frames of these contents (draft-ietf-opsawg-pcap). */
function capture(frames: readonly Buffer[]): Buffer {
    const header = Buffer.alloc(24);
    header.writeUInt32LE(0xa1b2c3d4, 0);
    const records = frames.flatMap((frame) => {
        const record = Buffer.alloc(16);
        record.writeUInt32LE(frame.length, 8);
        record.writeUInt32LE(frame.length, 12);
        return [record, frame];
    });
    return Buffer.concat([header, ...records]);
}

/** A bundle in which a secret stands in every way and every kind of file. */
function planted(): string {
    const directory = mkdtempSync(join(tmpdir(), 'rbdboot-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    mkdirSync(join(directory, 'machine'));
    mkdirSync(join(directory, 'ceph'));
    const write = (name: string, contents: string | Buffer) =>
        writeFileSync(join(directory, name), contents);
    write('summary.md', `the key ${key} was rejected\n`);
    write('machine/console.txt', `   8.123  console  secret=${key.replace(/=+$/, '')},x\n`);
    write('machine/console.raw', secret);
    write('machine/events.jsonl', `{"data":"${secret.toString('hex')}"}\n`);
    write('machine/state.json', Buffer.from(key, 'utf16le'));
    write('ceph/mon.a.log', `${secret.toString('hex').match(/../g)?.join(' ')}\n`);
    write(
        'machine/net.pcap',
        capture([
            Buffer.from('before'),
            Buffer.concat([Buffer.from('GET /'), secret, Buffer.from(key)]),
            Buffer.from('behind'),
        ]),
    );
    write('machine/qemu.argv', `-kernel\n${projectDirectory}/build/cache/vmlinuz\n`);
    return directory;
}

test('a planted secret is in every file, and in none afterwards', async () => {
    const directory = planted();
    const before = findLeaks(await filesIn(directory), [key]).map(({ file }) => file);
    expect(new Set(before).size).toBe(7);
    await redactDirectory(directory, [key]);
    expect(findLeaks(await filesIn(directory), [key])).toEqual([]);
    expect(readFileSync(join(directory, 'summary.md'), 'utf8')).toContain('[key removed]');
});

test('a capture can still be read, frame by frame', async () => {
    const directory = planted();
    await redactDirectory(directory, [key]);
    const file = join(directory, 'machine/net.pcap');
    expect(await frameLengths(file)).toEqual([6, 5 + secret.length + key.length, 6]);
    expect(readFileSync(file, 'latin1')).toMatch(/behind$/);
});

test('directories of this computer are not told', async () => {
    const directory = planted();
    await redactDirectory(directory, [key]);
    const words = readFileSync(join(directory, 'machine/qemu.argv'), 'utf8');
    expect(words).toBe('-kernel\nBUILD/cache/vmlinuz\n');
});
