import { expect, test } from 'vitest';
import { firstFree, rangeFor } from './subordinate-ids.ts';

const file = 'root:100000:65536\nann:165536:1000\nann:200000:65536\n1007:300000:65536\n';

test('a range is found by name or by id, if it is long enough', () => {
    expect(rangeFor(file, 'root', 0)).toMatchObject({ first: 100_000, count: 65_536 });
    expect(rangeFor(file, 'ann', 1001)).toMatchObject({ first: 200_000 });
    expect(rangeFor(file, 'bob', 1007)).toMatchObject({ first: 300_000 });
    expect(rangeFor(file, 'eve', 1008)).toBeUndefined();
});

test('a new range goes behind all others', () => {
    expect(firstFree(file)).toBe(365_536);
    expect(firstFree('')).toBe(100_000);
});
