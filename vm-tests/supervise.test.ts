import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startDaemon } from './children.ts';
import { holdDown, pidOf, supervise } from './supervise.ts';

async function sleeper() {
    const place = await mkdtemp(join(tmpdir(), 'rbdboot-supervise-'));
    const daemon = startDaemon('sleeper', ['sleep', '60'], join(place, 'log'));
    return { daemon, ...(await supervise(daemon, place)) };
}

test('a daemon that is held down is gone, and then runs again under another number', async () => {
    const { broken, daemon, supervised } = await sleeper();
    expect(await pidOf(supervised)).toBe(daemon.pid);
    const letUp = await holdDown(supervised);
    expect(await daemon.ended).toBe('was ended by signal SIGKILL');
    await letUp();
    const second = await pidOf(supervised);
    expect(second).not.toBe(daemon.pid);
    // Nobody holds it down any more.
    process.kill(second, 'SIGTERM');
    await expect(broken).rejects.toThrow('sleeper was ended by signal SIGTERM');
});

test('one that ends by itself is told of at once', async () => {
    const { broken, daemon } = await sleeper();
    await daemon.kill();
    await expect(broken).rejects.toThrow('sleeper was ended by signal SIGKILL');
});

test('nobody holds down what somebody else does', async () => {
    const { broken, supervised } = await sleeper();
    const letUp = await holdDown(supervised);
    await expect(holdDown(supervised)).rejects.toThrow('EEXIST');
    await letUp();
    process.kill(await pidOf(supervised), 'SIGKILL');
    await expect(broken).rejects.toThrow('sleeper');
});
