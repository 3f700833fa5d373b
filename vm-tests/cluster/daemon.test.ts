import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { clusterDaemon } from './daemon.ts';

async function daemonOf(script: string) {
    const directory = await mkdtemp(join(tmpdir(), 'rbdboot-daemon-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    return clusterDaemon('osd.0', ['sh', '-c', script], join(directory, 'osd.0.out'));
}

const stateOf = async (pid: number) =>
    (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.[0];

test('a daemon that is killed and started again is no breakdown', async () => {
    const daemon = await daemonOf('exec sleep 60');
    expect(() => daemon.pid()).toThrow('osd.0 does not run');
    daemon.start();
    const first = daemon.pid();
    expect(() => daemon.start()).toThrow('osd.0 runs already');
    await daemon.kill();
    // Of one that does not run there is nothing to end.
    await daemon.kill();
    daemon.start();
    expect(daemon.pid()).not.toBe(first);
    const quiet = new Promise((resolve) => setTimeout(() => resolve('quiet'), 100));
    expect(await Promise.race([daemon.broken, quiet])).toBe('quiet');
    await daemon.kill();
});

test('a daemon that ends by itself is one, and its log says why', async () => {
    const daemon = await daemonOf('echo "no room on the device"; exit 28');
    daemon.start();
    await expect(daemon.broken).rejects.toThrow(
        'osd.0 ended with status 28:\nno room on the device',
    );
});

test('a daemon that is paused hangs, and goes on afterwards', async () => {
    const daemon = await daemonOf('exec sleep 60');
    daemon.start();
    daemon.pause();
    await expect.poll(() => stateOf(daemon.pid())).toBe('T');
    daemon.resume();
    await expect.poll(() => stateOf(daemon.pid())).toBe('S');
    // One that hangs ends like any other.
    daemon.pause();
    await daemon.kill();
});
