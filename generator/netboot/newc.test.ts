import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newcArchive } from './newc.ts';

let directory = '';
beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'rbdboot-newc-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('newcArchive', () => {
    const archive = newcArchive([
        { path: 'etc', mode: 0o040755, text: '' },
        { path: 'etc/secret', mode: 0o100600, text: 'five\n' },
        { path: 'etc/öffentlich', mode: 0o100644, text: 'ä\n' },
    ]);

    it('is what cpio unpacks, with modes and contents', () => {
        execFileSync('cpio', ['--extract', '--quiet'], { cwd: directory, input: archive });
        expect(readFileSync(join(directory, 'etc/secret'), 'utf8')).toBe('five\n');
        expect(readFileSync(join(directory, 'etc/öffentlich'), 'utf8')).toBe('ä\n');
        expect(statSync(join(directory, 'etc/secret')).mode & 0o777).toBe(0o600);
        expect(statSync(join(directory, 'etc')).mode & 0o777).toBe(0o755);
    });

    it('is what cpio packs, but for what differs from machine to machine', () => {
        expect(archive.length % 4).toBe(0);
        expect(archive.subarray(0, 6).toString()).toBe('070701');
        expect(newcArchive([])).toHaveLength(124);
    });
});
