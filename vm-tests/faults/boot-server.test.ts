import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Asked, type BootServer, startBootServer } from './boot-server.ts';

let server: BootServer;
let directory: string;
const asked: Asked[] = [];

beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'rbdboot-served-'));
    await writeFile(join(directory, 'initrd.img'), 'i'.repeat(1000));
    await writeFile(join(directory, 'other.img'), 'another');
    server = await startBootServer('127.0.0.1', directory, { '/boot.ipxe': '#!ipxe\nboot\n' });
    server.follow((one) => asked.push(one));
});
afterAll(() => server.close());

const get = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);

test('it serves a directory, and texts in the place of files, and tells of each request', async () => {
    expect((await (await get('/initrd.img')).text()).length).toBe(1000);
    expect(await (await get('/boot.ipxe')).text()).toBe('#!ipxe\nboot\n');
    expect((await get('/vmlinuz')).status).toBe(404);
    await delay(20);
    expect(asked).toEqual([
        { path: '/initrd.img', status: 200, bytes: 1000 },
        { path: '/boot.ipxe', status: 200, bytes: 12 },
        { path: '/vmlinuz', status: 404, bytes: 0 },
    ]);
});

test('an answer is wrong until that is taken back', async () => {
    const restore = server.answer('initrd.img', 'missing');
    expect((await get('/initrd.img')).status).toBe(404);
    restore();
    expect((await get('/initrd.img')).status).toBe(200);
    server.answer('initrd.img', 'broken')();
    expect((await get('/initrd.img')).status).toBe(200);
});

test('a file that is cut ends early, and one that stalls does not end', async () => {
    server.answer('initrd.img', 'truncated');
    const cut = await get('/initrd.img');
    expect(cut.headers.get('content-length')).toBe('1000');
    await expect(cut.text()).rejects.toThrow('terminated');
    server.answer('initrd.img', 'stalled');
    const stalls = await get('/initrd.img');
    const first = await Promise.race([stalls.text(), delay(100, 'nothing more')]);
    expect(first).toBe('nothing more');
});

test('another file, or a changed one, comes in the place of one', async () => {
    server.answer('initrd.img', { file: join(directory, 'other.img') });
    expect(await (await get('/initrd.img')).text()).toBe('another');
    server.answer('boot.ipxe', { changed: (text) => text.replace('boot', 'shell') });
    expect(await (await get('/boot.ipxe')).text()).toBe('#!ipxe\nshell\n');
});
