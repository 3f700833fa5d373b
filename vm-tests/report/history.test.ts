import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendHistory, type HistoryEntry, readHistory, trendOf } from './history.ts';

const run = (commit: string, outcome: 'passed' | 'failed', seconds: number): HistoryEntry => ({
    at: `2026-01-0${commit}T00:00:00Z`,
    commit,
    scenarios: [{ title: 'boots', outcome, seconds }],
});

let directory = '';
beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'rbdboot-history-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('the history of runs', () => {
    it('is empty before the first run, and has each run in its order afterwards', async () => {
        const file = join(directory, 'of/runs.jsonl');
        expect(await readHistory(file)).toEqual([]);
        await appendHistory(file, run('1', 'passed', 20));
        await appendHistory(file, run('2', 'failed', 60));
        expect((await readHistory(file)).map(({ commit }) => commit)).toEqual(['1', '2']);
    });

    it('names the first bad commit and the last good one of what fails now', () => {
        const history = [
            run('1', 'failed', 9),
            run('2', 'passed', 20),
            run('3', 'failed', 60),
            run('4', 'failed', 61),
        ];
        expect(trendOf('boots', history)).toMatchObject({ firstBad: '3', lastGood: '2' });
    });

    it('names neither where it passes, and no good one where there never was any', () => {
        expect(trendOf('boots', [run('1', 'failed', 9), run('2', 'passed', 20)])).toEqual({
            runs: expect.anything(),
        });
        const never = trendOf('boots', [run('1', 'failed', 9)]);
        expect(never).toMatchObject({ firstBad: '1' });
        expect(never.lastGood).toBeUndefined();
    });
});
