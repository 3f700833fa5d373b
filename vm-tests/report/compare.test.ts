import { describe, expect, it } from 'vitest';
import { compareRuns, keyOf } from './compare.ts';
import type { HistoryEntry } from './history.ts';
import { fails, passes, runs } from './testing/runs.ts';

const ids = (ones: readonly { readonly id: string }[] | undefined) => ones?.map(({ id }) => id);

describe('the last run, compared with those before', () => {
    it('tells new failures from old ones, with first bad and last good', () => {
        const history = runs(
            ['a1', passes('H01'), passes('F16'), fails('F17')],
            ['b2', passes('H01'), fails('F16'), fails('F17')],
            ['c3', fails('H01'), fails('F16'), fails('F17')],
        );
        const found = compareRuns(history, 'previous');
        expect(ids(found?.broken)).toEqual(['H01']);
        expect(found?.broken[0]).toMatchObject({ firstBad: 'c3', lastGood: 'b2' });
        expect(ids(found?.stillBroken)).toEqual(['F16', 'F17']);
        expect(found?.stillBroken[0]).toMatchObject({ firstBad: 'b2', lastGood: 'a1' });
        expect(found?.stillBroken[1]).not.toHaveProperty('lastGood');
        expect(found).toMatchObject({ passed: 0, failed: 3, against: { commit: 'b2' } });
    });

    it('takes for each scenario the run before that had it', () => {
        const history = runs(
            ['a1', passes('H01'), fails('F16')],
            // Somebody ran one alone in between.
            ['b2', passes('H02')],
            ['c3', fails('H01'), passes('F16')],
        );
        const found = compareRuns(history, 'previous');
        expect(ids(found?.broken)).toEqual(['H01']);
        expect(ids(found?.mended)).toEqual(['F16']);
    });

    it('takes the last run without a failure, if that is asked for', () => {
        const history = runs(
            ['a1', passes('H01'), passes('F16')],
            ['b2', passes('H01'), fails('F16')],
            ['c3', passes('H01'), fails('F16')],
        );
        expect(ids(compareRuns(history, 'previous')?.broken)).toEqual([]);
        const found = compareRuns(history, 'good');
        expect(ids(found?.broken)).toEqual(['F16']);
        expect(found?.against?.commit).toBe('a1');
    });

    it('has those in quarantine apart', () => {
        const known = fails('F16', { quarantined: 'https://forge.example/issues/7' });
        const found = compareRuns(runs(['a1', passes('F16')], ['b2', known]), 'previous');
        expect(ids(found?.broken)).toEqual([]);
        expect(ids(found?.quarantined)).toEqual(['F16']);
    });

    it('calls a failure new where the scenario never ran before', () => {
        const found = compareRuns(runs(['a1', fails('H01')]), 'previous');
        expect(ids(found?.broken)).toEqual(['H01']);
        expect(found).not.toHaveProperty('against');
    });

    it('has nothing to say of no run', () => {
        expect(compareRuns([], 'previous')).toBeUndefined();
    });

    it('names what passes and fails with one commit, with how often', () => {
        const history = runs(
            ['a1', passes('H01'), passes('F16')],
            ['a1', fails('H01'), passes('F16')],
            ['b2', passes('H01'), fails('F16')],
        );
        expect(compareRuns(history, 'previous')?.flaky).toEqual([
            { id: 'H01', title: 'scenario H01', failures: 1, runs: 3 },
        ]);
    });

    it('names what passes and took longer than its budget', () => {
        const slow = passes('H01', { boots: 99, budget: 90 });
        const found = compareRuns(runs(['a1', slow, passes('H02')]), 'previous');
        expect(ids(found?.overBudget)).toEqual(['H01']);
    });
});

describe('what a failure is known by', () => {
    it('is the same for the same failure in another run', () => {
        const message = (seconds: number, address: string) =>
            `waiting for root: not within ${seconds} s; console 0.4 s ago: "${address}:0/1283012931 1a2b3c4d5e"`;
        const one = keyOf(fails('F16', { message: message(60, '10.77.0.101') }));
        expect(keyOf(fails('F16', { message: message(61.5, '10.77.0.7') }))).toBe(one);
        expect(one).toMatch(/^[0-9a-f]{12}$/);
    });

    it.each([
        { class: 'net' as const },
        { phase: 'rbdboot: network' },
        { message: 'waiting for the code' },
    ])('is another with %j', (change) => {
        expect(keyOf(fails('F16', change))).not.toBe(keyOf(fails('F16')));
    });
});

describe('a phase that became slower', () => {
    const boot = (map: number, more = {}) =>
        passes('H01', {
            phases: [
                ['firmware', 2],
                ['rbdboot: map-image', map],
            ],
            ...more,
        });
    const nights = (map: number, times: number) =>
        Array.from({ length: times }, (_, index) => [`a${index}`, boot(map)] as const);
    const slower = (history: readonly HistoryEntry[]) => compareRuns(history, 'previous')?.slower;

    it('takes more than a fifth longer than the median before', () => {
        expect(slower(runs(...nights(4, 6), ['z9', boot(5)]))).toEqual([
            { phase: 'rbdboot: map-image', now: 5, before: 4, ratio: 1.25, scenarios: 1 },
        ]);
        expect(slower(runs(...nights(4, 6), ['z9', boot(4.7)]))).toEqual([]);
    });

    it('is no judgement of a few runs, of fractions of a second, or of a boot that failed', () => {
        expect(slower(runs(...nights(4, 4), ['z9', boot(9)]))).toEqual([]);
        expect(slower(runs(...nights(0.4, 6), ['z9', boot(0.8)]))).toEqual([]);
        expect(slower(runs(...nights(4, 6), ['z9', boot(9, { outcome: 'failed' })]))).toEqual([]);
    });

    it('is judged by machines of one kind, as fast as they were', () => {
        const history = runs(...nights(4, 6), ['z9', boot(8)]);
        const last = (change: object) =>
            history.map((run, index) =>
                index === 6 && run.circumstances !== undefined
                    ? { ...run, circumstances: { ...run.circumstances, ...change } }
                    : run,
            );
        expect(slower(last({}))).toHaveLength(1);
        expect(slower(last({ slowness: 2 }))).toEqual([]);
        expect(slower(last({ accelerator: 'kvm' }))).toEqual([]);
    });
});
