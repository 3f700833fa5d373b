import { expect, test } from 'vitest';
import { longestFirst } from './longest-first.ts';

const plans = {
    short: [{}],
    long: [{}, { minutes: 20 }],
    alone: [{ cluster: 'alone' }, { minutes: 40 }],
    many: [{ together: 6 }],
    own: [{}, { cluster: 'own' }],
    ownLong: [{ cluster: 'own', minutes: 12 }],
    other: [],
} as const;

test('those with a cluster of their own come first, and at the end those that need the lab for themselves', () => {
    const files = ['many', 'short', 'own', 'alone', 'long', 'ownLong'] as const;
    expect(longestFirst(files, (file) => plans[file], 4)).toEqual([
        'ownLong',
        'own',
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
