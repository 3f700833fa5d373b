import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { availableMegabytes, capacity } from './capacity.ts';

test('there is room for at least one machine, and for as many as somebody says', () => {
    expect(capacity({})).toBeGreaterThanOrEqual(1);
    expect(capacity({})).toBeLessThanOrEqual(availableParallelism() + 2);
    expect(capacity({ MACHINES: '7' })).toBe(7);
    expect(capacity({ MACHINES: 'many' })).toBe(capacity({}));
});

test('the memory that can be had is read from /proc/meminfo', () => {
    expect(availableMegabytes('MemTotal:  100 kB\nMemAvailable:    2048 kB\n')).toBe(2);
});
