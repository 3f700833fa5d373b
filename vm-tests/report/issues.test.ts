import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Comparison, compareRuns } from './compare.ts';
import type { HistoryEntry } from './history.ts';
import { issuesOf, type Leg, markOf } from './issues.ts';
import { fails, passes, runs } from './testing/runs.ts';

const leg = (name: string, history: readonly HistoryEntry[]): Leg => ({
    name,
    comparison: compareRuns(history, 'previous') as Comparison,
});
const address = 'https://forge.example/runs/7';
const auth = runs(['a1', passes('F16')], ['b2', fails('F16'), fails('F17')]);

describe('the issues after a night', () => {
    it('are one for each kind of failure, with all that it breaks', () => {
        const old = runs(['a1', fails('F16')], ['b2', fails('F16')]);
        const issues = issuesOf([leg('debian-12-bios', auth), leg('debian-13-uefi', old)], address);
        expect(issues).toHaveLength(1);
        const [issue] = issues;
        expect(issue?.isNew).toBe(true);
        expect(issue?.title).toBe(
            'Boots fail: auth in rbdboot: map-image: waiting for root: not within 60 s',
        );
        expect(issue?.body).toContain(
            '| `debian-12-bios` | `F16` | `b2` | `a1` | `build/bundles/f16` |',
        );
        expect(issue?.body).toContain(
            '| `debian-13-uefi` | `F16` | `a1` |  | `build/bundles/f16` |',
        );
        expect(issue?.body).toContain(markOf(issue?.key ?? ''));
        expect(issue?.body).toContain(address);
    });

    it('are several where the failures differ, and none after a good night', () => {
        const two = runs(['a1', fails('F16'), fails('F17', { class: 'net' })]);
        expect(issuesOf([leg('x', two)], address)).toHaveLength(2);
        expect(issuesOf([leg('x', runs(['a1', passes('F16')]))], address)).toEqual([]);
    });

    it('call nobody, and are as long as a title may be', () => {
        const message = `@somebody ${'long '.repeat(99)}`;
        const [issue] = issuesOf([leg('x', runs(['a1', fails('F16', { message })]))], address);
        expect(issue?.title).not.toContain('@');
        expect(issue?.title.length).toBeLessThanOrEqual(120);
        expect(issue?.body).toContain('`@somebody ');
    });
});

describe('the command', { timeout: 60_000 }, () => {
    let directory = '';
    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), 'rbdboot-issues-'));
    });
    afterEach(() => rmSync(directory, { recursive: true }));

    /** Runs it with a gh that knows these issues, and writes down what it is told. */
    async function tell(known: readonly { readonly number: number; readonly body: string }[]) {
        const gh = join(directory, 'gh');
        const told = join(directory, 'told');
        writeFileSync(join(directory, 'known.json'), JSON.stringify(known));
        writeFileSync(
            gh,
            `#!/bin/sh\nprintf '%s\\n' "$*" >> '${told}'\n[ "$2" = list ] && exec cat '${directory}/known.json'\ncat >> '${told}'\n`,
        );
        chmodSync(gh, 0o755);
        const results = join(directory, 'legs/debian-12-bios/results');
        mkdirSync(results, { recursive: true });
        mkdirSync(join(directory, 'legs/cut-off'), { recursive: true });
        const { comparison } = leg('', auth);
        writeFileSync(join(results, 'summary.json'), JSON.stringify(comparison));
        const program = fileURLToPath(new URL('issues-command.ts', import.meta.url));
        const { stdout } = await execa(
            process.execPath,
            ['--import', 'tsx', program, join(directory, 'legs'), address],
            { env: { PATH: `${directory}:${process.env.PATH}` } },
        );
        return { stdout, told: readFileSync(told, 'utf8') };
    }

    it('opens an issue for what is new', async () => {
        const { stdout, told } = await tell([{ number: 3, body: 'names the key by chance' }]);
        expect(stdout).toContain('1 legs, 1 kinds of failure\nopened an issue: Boots fail: auth');
        expect(told).toMatch(/^issue create --title=Boots fail: auth .*--body-file -$/m);
        expect(told).toContain('| `debian-12-bios` | `F16` |');
    });

    it('brings the issue up to date that is open for it', async () => {
        const key = issuesOf([leg('x', auth)], address)[0]?.key ?? '';
        const { stdout, told } = await tell([{ number: 3, body: `text ${markOf(key)}` }]);
        expect(stdout).toContain('brought #3 up to date');
        expect(told).toMatch(/^issue edit 3 --body-file -$/m);
        expect(told).not.toContain('issue create');
    });
});
