import {
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Lab } from '../lab.ts';
import { type BundleRequest, writeBundle } from './write-bundle.ts';

const key = Buffer.from('a key that nobody may read').toString('base64');

/** A lab without machines, of which one log is there. */
function failed(logs: string): BundleRequest & { readonly run: string } {
    const place = mkdtempSync(join(tmpdir(), 'rbdboot-'));
    onTestFinished(() => rmSync(place, { recursive: true }));
    mkdirSync(join(place, 'logs'));
    writeFileSync(join(place, 'logs/nginx.log'), `somebody asked for ${key}\n`);
    const run = join(place, 'run');
    const lab = {
        directory: run,
        logs: join(place, logs),
        cluster: { conf: join(place, 'none.conf') },
        accelerator: { name: 'tcg', slowness: 1 },
    } as Lab;
    return {
        lab,
        run,
        machines: [],
        images: [],
        directory: join(place, 'bundles/F16'),
        title: 'F16 a wrong key',
        error: new Error('no'),
        failureClass: 'auth',
        repeat: 'make vm-test ONLY=F16',
        keys: [key],
    };
}

test('a bundle is in its place when no key is in it any more', async () => {
    const request = failed('logs');
    await writeBundle(request);
    const log = readFileSync(join(request.directory, 'nginx.log'), 'utf8');
    expect(log).toContain('somebody asked for [key removed]');
    expect(log).not.toContain(key.slice(0, 12));
    expect(readFileSync(join(request.directory, 'summary.md'), 'utf8')).toContain('# auth');
    expect(readdirSync(join(request.run, 'bundles'))).toEqual([]);
});

test('of a bundle that cannot be finished nothing is left, and nothing of the one before', async () => {
    const request = failed('logs that are gone');
    mkdirSync(request.directory, { recursive: true });
    writeFileSync(join(request.directory, 'summary.md'), 'of yesterday');
    await expect(writeBundle(request)).rejects.toThrow('ENOENT');
    expect(existsSync(request.directory)).toBe(false);
    expect(readdirSync(join(request.run, 'bundles'))).toEqual([]);
});
