import { expect, test, vi } from 'vitest';
import { madeOnce } from './made-once.ts';

test('what was made is given to all who ask, also while it is made', async () => {
    const known = new Map<string, Promise<number>>();
    const make = vi.fn(async () => 7);
    const both = [madeOnce(known, 'desk', make), madeOnce(known, 'desk', make)];
    expect(await Promise.all(both)).toEqual([7, 7]);
    expect(await madeOnce(known, 'desk', make)).toBe(7);
    expect(make).toHaveBeenCalledOnce();
    await madeOnce(known, 'other', make);
    expect(make).toHaveBeenCalledTimes(2);
});

test('a failure is told, and not kept', async () => {
    const known = new Map<string, Promise<number>>();
    const failing = madeOnce(known, 'desk', () => Promise.reject(new Error('no monitor answers')));
    await expect(failing).rejects.toThrow('no monitor answers');
    expect(await madeOnce(known, 'desk', async () => 7)).toBe(7);
});
