import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inTime } from './in-time.ts';

test('work that is done in time gives what it gives', async () => {
    expect(await inTime(1, Promise.resolve('done'), 'late')).toBe('done');
    await expect(inTime(1, Promise.reject(new Error('failed')), 'late')).rejects.toThrow('failed');
});

test('work that is not done in time is not waited for', async () => {
    await expect(inTime(0.05, delay(60_000, 'done', { ref: false }), 'late')).rejects.toThrow(
        'late',
    );
});
