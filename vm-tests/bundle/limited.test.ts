import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { limitSteps } from './limited.ts';

function steps(totalSeconds = 60) {
    const directory = mkdtempSync(join(tmpdir(), 'rbdboot-'));
    onTestFinished(() => {
        vi.useRealTimers();
        rmSync(directory, { recursive: true });
    });
    const excuses = () => readFileSync(join(directory, 'not-collected.txt'), 'utf8');
    return { ...limitSteps(directory, totalSeconds), excuses };
}

test('a step that fails leaves its reason, and the next one is taken', async () => {
    const { excuses, take } = steps();
    const failing = async () => {
        throw new Error('no monitor\nand more');
    };
    expect(await take('ceph', failing)).toBeUndefined();
    expect(await take('qemu', async () => 7)).toBe(7);
    expect(excuses()).toBe('ceph: no monitor\n');
});

test('a step that hangs is left after 5 s', async () => {
    vi.useFakeTimers();
    const { excuses, take } = steps();
    const hanging = take('screen', () => new Promise(() => {}));
    await vi.advanceTimersByTimeAsync(5000);
    expect(await hanging).toBeUndefined();
    expect(excuses()).toBe('screen: not done within 5.0 s\n');
});

test('when the time for all is over, nothing more is begun', async () => {
    const { excuses, take } = steps(0);
    expect(await take('late', async () => 1)).toBeUndefined();
    expect(excuses()).toBe('late: not begun: 0 s were over\n');
});
