import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryEntry } from './history.ts';
import { fails, passes, runs } from './testing/runs.ts';

const program = fileURLToPath(new URL('summary-command.ts', import.meta.url));
let file = '';
let directory = '';
beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'rbdboot-summary-'));
    file = join(directory, 'runs.jsonl');
});
afterEach(() => rmSync(directory, { recursive: true }));

async function summarize(history: readonly HistoryEntry[], ...words: readonly string[]) {
    writeFileSync(file, history.map((run) => `${JSON.stringify(run)}\n`).join(''));
    const all = ['--import', 'tsx', program, '--history', file, ...words];
    return execa(process.execPath, all, { reject: false });
}

describe('the command', { timeout: 60_000 }, () => {
    it('ends with 1 where something fails that did not, and with 0 otherwise', async () => {
        const broken = await summarize(runs(['a1', passes('H01')], ['b2', fails('H01')]));
        expect(broken.exitCode).toBe(1);
        expect(broken.stdout).toContain('# Boot scenarios: 1 new failure');
        const old = await summarize(runs(['a1', fails('H01')], ['b2', fails('H01')]));
        expect(old.exitCode).toBe(0);
    });

    it('gives the same as JSON', async () => {
        const { exitCode, stdout } = await summarize(
            runs(['a1', fails('H01')], ['b2', passes('H01')]),
            '--json',
        );
        expect(exitCode).toBe(0);
        expect(JSON.parse(stdout)).toMatchObject({ commit: 'b2', mended: [{ id: 'H01' }] });
    });

    it('says how it is used, and when it was used wrong', async () => {
        const helped = await summarize([], '--help');
        expect([helped.exitCode, helped.stdout]).toEqual([
            0,
            expect.stringContaining('Exit status: 0'),
        ]);
        const wrong = await summarize([], '--against', 'yesterday');
        expect([wrong.exitCode, wrong.stderr]).toEqual([
            2,
            '--against is yesterday: it can be previous or good',
        ]);
        const unknown = await summarize([], '--colour');
        expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringContaining('Usage:')]);
    });

    it('says that there was no run', async () => {
        const { exitCode, stderr } = await summarize([]);
        expect([exitCode, stderr]).toEqual([3, expect.stringContaining('make vm-test adds one')]);
    });
});
