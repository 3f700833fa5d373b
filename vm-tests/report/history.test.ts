import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendHistory, type HistoryEntry, historyEntry, readHistory, trendOf } from './history.ts';
import type { ScenarioRecord } from './record.ts';

const run = (commit: string, outcome: 'passed' | 'failed', seconds: number): HistoryEntry => ({
    at: `2026-01-0${commit}T00:00:00Z`,
    commit,
    scenarios: [{ id: 'H01', title: 'boots', outcome, seconds }],
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
        expect(trendOf('H01', history)).toMatchObject({ firstBad: '3', lastGood: '2' });
    });

    it('names neither where it passes, and no good one where there never was any', () => {
        expect(trendOf('H01', [run('1', 'failed', 9), run('2', 'passed', 20)])).toEqual({
            runs: expect.anything(),
            flaky: false,
        });
        const never = trendOf('H01', [run('1', 'failed', 9)]);
        expect(never).toMatchObject({ firstBad: '1' });
        expect(never.lastGood).toBeUndefined();
    });

    it('calls flaky what passed and failed with one commit, unless there were changes besides', () => {
        const twice = (commit: string) => [run(commit, 'failed', 9), run(commit, 'passed', 9)];
        expect(trendOf('H01', twice('1')).flaky).toBe(true);
        expect(trendOf('H01', twice('1-dirty')).flaky).toBe(false);
        expect(trendOf('H01', [run('1', 'failed', 9), run('2', 'passed', 9)]).flaky).toBe(false);
    });

    it('knows a scenario by its id, whatever its title became', () => {
        const entry = (title: string): HistoryEntry => ({
            at: '2026-01-01T00:00:00Z',
            commit: '1',
            scenarios: [{ id: 'H01', title, outcome: 'passed', seconds: 1 }],
        });
        expect(trendOf('H01', [entry('boots'), entry('comes up')]).runs).toHaveLength(2);
    });
});

describe('a line of the history', () => {
    const machine = {
        name: 'desk1',
        console: [],
        phases: [
            { name: 'firmware', at: 0, took: 2.004 },
            { name: 'kernel', at: 2.004, took: 8 },
            { name: 'rbdboot: map-image', at: 10.004 },
        ],
    };
    const record: ScenarioRecord = {
        id: 'F16',
        tier: 'change',
        title: 'a wrong key',
        outcome: 'failed',
        class: 'auth',
        message: 'waiting for a report\nwith more behind it',
        bundle: 'build/bundles/f16',
        startedAt: '2026-01-01T00:00:00Z',
        seconds: 31,
        machines: [machine],
    };
    const circumstances = {
        accelerator: 'tcg',
        slowness: 2,
        firmware: 'bios',
        system: 'Debian GNU/Linux 12 (bookworm)',
    } as const;

    it('has the phases, the boots against their budget, and of a failure where it is', () => {
        const [result] = historyEntry([record], 'now', '1a2b3c4', circumstances).scenarios;
        expect(result).toEqual({
            id: 'F16',
            title: 'a wrong key',
            outcome: 'failed',
            class: 'auth',
            seconds: 31,
            boots: 10,
            // 6 s of firmware and 10 s of kernel, on a machine that takes twice as long.
            budget: 32,
            phases: [
                ['firmware', 2],
                ['kernel', 8],
            ],
            message: 'waiting for a report',
            phase: 'rbdboot: map-image',
            bundle: 'build/bundles/f16',
        });
    });

    it('counts as failed what was to run and left no record', () => {
        const missing = [{ id: 'F22', title: 'a machine is fenced' }];
        const { scenarios } = historyEntry([record], 'now', '1a2b3c4', circumstances, missing);
        expect(scenarios[1]).toEqual({
            id: 'F22',
            title: 'a machine is fenced',
            outcome: 'failed',
            class: 'harness',
            seconds: 0,
            message: 'it was planned and did not run',
        });
    });

    it('says of a scenario that passed nothing of a failure', () => {
        const passed = { ...record, outcome: 'passed' } as const;
        const [result] = historyEntry([passed], 'now', '1a2b3c4').scenarios;
        expect(result).not.toHaveProperty('message');
        expect(result).not.toHaveProperty('phase');
    });
});
