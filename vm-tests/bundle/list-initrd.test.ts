import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { entriesIn, listInitrd } from './list-initrd.ts';

function directory(): string {
    const path = mkdtempSync(join(tmpdir(), 'rbdboot-'));
    onTestFinished(() => rmSync(path, { recursive: true }));
    return path;
}

function archive(files: Readonly<Record<string, string>>): Buffer {
    const tree = directory();
    for (const [name, text] of Object.entries(files)) {
        writeFileSync(join(tree, name), text, { mode: 0o600 });
    }
    return execFileSync('sh', ['-c', 'ls | cpio --create --quiet --format=newc'], { cwd: tree });
}

test('the files of an archive have their names and sizes', () => {
    const entries = entriesIn(archive({ init: 'x', 'long-name': 'four' }));
    expect(entries).toMatchObject([
        { name: 'init', size: 1, mode: 0o100600 },
        { name: 'long-name', size: 4 },
    ]);
});

test('an initrd is listed with what is appended to it, and with its hash', async () => {
    const file = join(directory(), 'initrd.img');
    const base = archive({ init: 'x' });
    const packed = execFileSync('zstd', ['--stdout', '--quiet'], { input: base });
    const padding = Buffer.alloc(4 - (packed.length % 4));
    writeFileSync(file, Buffer.concat([packed, padding, archive({ keyring: 'secret' })]));
    const lines = (await listInitrd(file)).trimEnd().split('\n');
    expect(lines[0]).toMatch(/^sha256 [0-9a-f]{64}, \d+ bytes$/);
    expect(lines.slice(1)).toEqual(['100600         1 init', '100600         6 keyring']);
});
