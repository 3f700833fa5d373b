import { expect, it } from 'vitest';
import { median, percentile } from './statistics.ts';

it.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
    [[7], 7],
    [[], Number.NaN],
])('the median of %j is %j', (values, is) => {
    expect(median(values)).toBe(is);
});

it.each([
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.95, 10],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.5, 5],
    [[8], 0.95, 8],
    [[], 0.95, Number.NaN],
])('of %j the percentile of %j is %j', (values, share, is) => {
    expect(percentile(values, share)).toBe(is);
});
