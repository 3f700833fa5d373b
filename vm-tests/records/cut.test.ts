import { expect, test } from 'vitest';
import { cutOf, describeCut } from './cut.ts';

test('a seed means the same cut for ever', () => {
    expect(cutOf(7)).toEqual(cutOf(7));
    expect(describeCut(cutOf(7))).toMatchInlineSnapshot(
        `"seed 7: power cut 0.134 s after the records began"`,
    );
});

test('seeds that follow each other cut at moments of each kind', () => {
    const cuts = Array.from({ length: 50 }, (_, seed) => cutOf(seed + 1));
    const fromMap = cuts.filter(({ from }) => from === 'map');
    const withOsd = cuts.filter(({ osdAfter }) => osdAfter !== undefined);
    expect(fromMap.length).toBeGreaterThan(4);
    expect(fromMap.length).toBeLessThan(17);
    expect(withOsd.length).toBeGreaterThan(7);
    expect(withOsd.length).toBeLessThan(25);
    expect(withOsd.some(({ osdAfter = 0 }) => osdAfter < 0)).toBe(true);
    expect(withOsd.some(({ osdAfter = 0 }) => osdAfter > 0)).toBe(true);
    // No part of the time is left out.
    const seconds = cuts.filter(({ from }) => from === 'records').map(({ after }) => after);
    for (const second of [0, 1, 2, 3, 4, 5]) {
        expect(seconds.some((after) => Math.floor(after) === second)).toBe(true);
    }
});
