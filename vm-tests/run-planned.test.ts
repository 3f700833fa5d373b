import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { resultOfRun } from './run-planned.ts';

const planned = (id: string) => ({ id, title: 'boots' }) as { id: `H${number}`; title: string };
const record = (id: string, outcome: 'passed' | 'failed' = 'passed') => ({
    ...planned(id),
    outcome,
});

test('a run is green in which all passed that was planned', () => {
    const result = resultOfRun([planned('H01'), planned('H02')], [record('H02'), record('H01')], 0);
    expect(result).toEqual({ passed: 2, failed: 0, aside: [], problems: [] });
});

test('one that fails in quarantine is no problem, and is told', () => {
    const quarantined = {
        id: 'F16',
        reason: 'it says it in other words',
        tracker: 'https://example.org/issues/7',
        owner: 'ada',
        expires: '2026-03-20',
    };
    const result = resultOfRun(
        [{ id: 'F16', title: 'says so' }],
        [{ id: 'F16', title: 'says so', outcome: 'failed', quarantined }],
        0,
    );
    expect(result).toMatchObject({ passed: 0, failed: 0, problems: [] });
    expect(result.aside).toEqual([
        'failed in quarantine: F16, which ada ends by 2026-03-20 (https://example.org/issues/7)',
    ]);
});

test.each([
    ['nothing was planned', [], [], 0, 'nothing was planned'],
    ['one of two ran', ['H01', 'H02'], [record('H01')], 0, 'did not run: H02 boots'],
    ['none ran', ['H01'], [], 0, 'did not run: H01 boots'],
    ['one failed', ['H01'], [record('H01', 'failed')], 1, 'failed: H01 boots'],
    ['one ran besides', ['H01'], [record('H01'), record('H02')], 0, 'ran and was not planned: H02'],
    ['vitest failed', ['H01'], [record('H01')], 1, 'vitest ended with status 1'],
    ['vitest was killed', ['H01'], [record('H01')], null, 'vitest ended with status null'],
] as const)('a run is red in which %s', (_, ids, records, status, problem) => {
    const { failed, passed, problems } = resultOfRun(ids.map(planned), records, status);
    expect(problems.join('\n')).toContain(problem);
    expect(passed + failed).toBe(ids.length);
});

test('a run that asks for what there is not ends before it begins', async () => {
    const runner = fileURLToPath(new URL('run-scenarios.ts', import.meta.url));
    const run = await execa(process.execPath, ['--import', 'tsx', runner], {
        env: { ONLY: 'no scenario has this name', TIER: '' },
        reject: false,
    });
    expect(run.exitCode).not.toBe(0);
    expect(run.stderr).toContain('no scenario fits ONLY=no scenario has this name');
});
