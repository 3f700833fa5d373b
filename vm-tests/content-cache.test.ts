import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cached, hashOf } from './content-cache.ts';

test('the hash depends on names and contents, not on their order', () => {
    expect(hashOf({ a: '1', b: '2' })).toBe(hashOf({ b: '2', a: '1' }));
    expect(hashOf({ a: '1', b: '2' })).not.toBe(hashOf({ a: '12', b: '' }));
    expect(hashOf({ a: '1' })).not.toBe(hashOf({ b: '1' }));
});

async function aCache(): Promise<string> {
    const cache = await mkdtemp(join(tmpdir(), 'rbdboot-'));
    onTestFinished(() => rm(cache, { recursive: true }));
    return cache;
}

test('a thing is made once', async () => {
    const cache = await aCache();
    let made = 0;
    const recipe = {
        cache,
        name: 'root',
        suffix: '.tar',
        inputs: { suite: 'bookworm' },
        make: async (path: string) => {
            made += 1;
            await writeFile(path, 'contents');
        },
    };
    const path = await cached(recipe);
    expect(await cached(recipe)).toBe(path);
    expect(await readFile(path, 'utf8')).toBe('contents');
    expect(made).toBe(1);
});

test('a thing that could not be made whole is not there', async () => {
    const cache = await aCache();
    const make = async (path: string) => {
        await writeFile(path, 'half');
        throw new Error('no space left');
    };
    await expect(cached({ cache, name: 'root', suffix: '.tar', inputs: {}, make })).rejects.toThrow(
        'no space left',
    );
    expect((await readdir(cache)).filter((file) => file.endsWith('.tar'))).toEqual([]);
});

test('old versions go, other things stay', async () => {
    const cache = await aCache();
    await writeFile(join(cache, 'root-image-0123456789abcdef.tar'), '');
    for (const version of ['1', '2', '3', '4', '5']) {
        const make = (path: string) => writeFile(path, version);
        await cached({ cache, name: 'root', suffix: '.tar', inputs: { version }, make });
    }
    const files = await readdir(cache);
    expect(files).toContain('root-image-0123456789abcdef.tar');
    expect(files).toHaveLength(4);
});
