import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseCephKey } from '../../generator/model/ceph-key.ts';
import { keptCredential, keyIn, makeKey, printKeyring } from './key.ts';

test('a new key is one that the generator accepts, and no two are the same', () => {
    expect(parseCephKey(makeKey()).ok).toBe(true);
    expect(makeKey()).not.toBe(makeKey());
});

test('a keyring has the key and the caps', () => {
    const keyring = printKeyring([
        { entity: 'client.desks', key: 'AQ==', caps: { mon: 'profile rbd' } },
    ]);
    expect(keyring).toBe('[client.desks]\n\tkey = AQ==\n\tcaps mon = "profile rbd"\n');
    expect(keyIn(keyring)).toBe('AQ==');
});

test('a kept credential stays the same, in a file for its owner alone', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'rbdboot-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    const path = join(directory, 'keyring');
    const first = await keptCredential(path, 'client.desks', {});
    expect(await keptCredential(path, 'client.desks', {})).toEqual(first);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
});
