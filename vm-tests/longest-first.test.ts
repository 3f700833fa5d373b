import { expect, test } from 'vitest';
import { longestFirst } from './longest-first.ts';

const plans = {
    short: [{}],
    long: [{}, { minutes: 20 }],
    alone: [{ cluster: 'alone' }, { minutes: 40 }],
    many: [{ together: 6 }],
    other: [],
} as const;

test('the longest come first, and at the end those that need the lab for themselves', () => {
    const files = ['alone', 'short', 'many', 'long'] as const;
    expect(longestFirst(files, (file) => plans[file], 4)).toEqual([
        'long',
        'short',
        'alone',
        'many',
    ]);
});

test('what is no scenario keeps its order', () => {
    expect(longestFirst(['b.test.ts', 'a.test.ts'], () => plans.other, 4)).toEqual([
        'b.test.ts',
        'a.test.ts',
    ]);
});
