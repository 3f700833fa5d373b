import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { historyEntry } from './history.ts';
import { reportPage } from './page.ts';
import type { ScenarioRecord } from './record.ts';

const phases = [
    { name: 'firmware', at: 0, took: 2.2 },
    { name: 'kernel', at: 2.2, took: 8 },
    { name: 'multi-user', at: 10.2 },
];
/** What a machine shows that somebody else controls: it may not become a part of the page. */
const hostile = '</pre><script>document.title = "run"</script><h1 class="injected">';

const passed: ScenarioRecord = {
    id: 'H01',
    tier: 'change',
    title: 'a machine boots',
    outcome: 'passed',
    startedAt: '2026-01-02T03:04:05.000Z',
    seconds: 21.5,
    machines: [{ name: 'desk1', phases, console: [[0.5, hostile]] }],
};
const failed: ScenarioRecord = {
    id: 'F16',
    tier: 'change',
    title: 'a machine with <a> wrong key',
    outcome: 'failed',
    class: 'auth',
    message: 'waiting for root: RB204',
    startedAt: '2026-01-02T03:05:05.000Z',
    seconds: 60,
    machines: [{ name: 'desk2', phases, console: [[3, 'RB204']], screen: 'iVBORw0KGgo=' }],
};
const at = '2026-01-02T04:00:00.000Z';
const history = [
    historyEntry([passed, { ...failed, outcome: 'passed' }], '2026-01-01T04:00:00.000Z', '1a2b3c4'),
    historyEntry([passed, failed], at, '5d6e7f8'),
];
const page = reportPage({ records: [passed, failed], history, commit: '5d6e7f8', at });

let directory = '';
beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'rbdboot-report-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Opens the page as a person does; what else Chromium would do on its own is off. */
async function open(...options: readonly string[]): Promise<string> {
    const file = join(directory, 'report.html');
    writeFileSync(file, page);
    const { stdout } = await execa('chromium', [
        '--headless',
        ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
        ...['--disable-background-networking', '--disable-component-update'],
        `--user-data-dir=${join(directory, 'profile')}`,
        ...options,
        `file://${file}`,
    ]);
    return stdout;
}

describe('the page about a run', () => {
    it('shows what failed first, with its class, the first bad commit and the last good one', () => {
        expect(page.indexOf('wrong key')).toBeLessThan(page.indexOf('a machine boots'));
        expect(page).toContain('<span class="class">auth</span>');
        expect(page).toContain('first bad: 5d6e7f8, last good: 1a2b3c4');
    });

    it('asks for nothing from elsewhere', () => {
        expect(page.match(/(?:src|href)="(?!data:)[^"]*"|url\(|@import/g)).toBeNull();
    });

    it('is what a browser shows, and text of a machine stays text', {
        timeout: 60_000,
    }, async () => {
        const shown = await open('--dump-dom');
        expect(shown).toContain('<title>rbdboot: 1 passed, 1 failed</title>');
        expect(shown.match(/<section/g)).toHaveLength(2);
        // A timeline for each machine, and a trend for each scenario.
        expect(shown.match(/<svg/g)).toHaveLength(4);
        expect(shown).not.toMatch(/<h1 class="injected"|<script/);
        expect(shown).toContain('&lt;script&gt;');
    });

    it('can be looked at', { timeout: 60_000 }, async () => {
        const picture = join(directory, 'report.png');
        await open(`--screenshot=${picture}`, '--window-size=1000,900');
        const bytes = readFileSync(picture);
        expect(bytes.subarray(1, 4).toString()).toBe('PNG');
        // An empty page of this size takes less than 10 kB.
        expect(bytes.length).toBeGreaterThan(20_000);
    });
});
