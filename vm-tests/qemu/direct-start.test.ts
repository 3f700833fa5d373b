import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { directStart } from './direct-start.ts';

async function aHostScript() {
    const directory = await mkdtemp(join(tmpdir(), 'rbdboot-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    const initrds = [join(directory, 'initrd.img'), join(directory, 'host.cpio')];
    await writeFile(initrds[0] ?? '', 'base;');
    await writeFile(initrds[1] ?? '', 'host;');
    const script = { kernel: '/srv/vmlinuz', initrds, commandLine: 'rw panic=60' };
    return { script, file: join(directory, 'memory') };
}

test('the initrds lie one behind the other, for nobody else to read', async () => {
    const { file, script } = await aHostScript();
    expect(await directStart(script, file)).toEqual({
        lane: 'direct',
        kernel: '/srv/vmlinuz',
        initrd: file,
        commandLine: 'rw panic=60',
    });
    expect(await readFile(file, 'utf8')).toBe('base;host;');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('what a scenario changes is changed, and nothing else', async () => {
    const { file, script } = await aHostScript();
    const commandLine = (line: string) => `${line} quiet`;
    const start = await directStart(script, file, { withoutArchive: true, commandLine });
    expect(start.commandLine).toBe('rw panic=60 quiet');
    expect(await readFile(file, 'utf8')).toBe('base;');
});

test('another boot script comes last, as a program at the place of the first', async () => {
    const { file, script } = await aHostScript();
    await directStart(script, file, { bootScript: '#!/bin/sh\n' });
    // Each archive begins at a multiple of 4.
    const archive = (await readFile(file)).subarray('base;   host;   '.length);
    const listed = execFileSync('cpio', ['-itv', '--quiet'], { input: archive, encoding: 'utf8' });
    expect(listed).toMatch(/^drwx.* scripts\n.* scripts\/local-top\n-rwxr-xr-x.*\/rbdboot\n$/);
});

test('a program and a file come with their modes, and the whole of it can be changed', async () => {
    const { file, script } = await aHostScript();
    await directStart(script, file, {
        programs: { init: '#!/bin/sh\n' },
        files: { 'lib/driver.ko': Buffer.from([0x7f, 0xff]) },
    });
    const whole = await readFile(file);
    const archive = whole.subarray('base;   host;   '.length);
    const listed = execFileSync('cpio', ['-itv', '--quiet'], { input: archive, encoding: 'utf8' });
    expect(listed).toMatch(/-rwxr-xr-x.* init\n/);
    expect(listed).toMatch(/-rw-------.* 2 .* lib\/driver\.ko\n/);

    await directStart(script, file, { initrd: (bytes) => bytes.subarray(0, 7) });
    expect(await readFile(file, 'utf8')).toBe('base;ho');
});
