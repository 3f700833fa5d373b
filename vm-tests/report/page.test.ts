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
    bundle: 'build/bundles/wrong-key',
    machines: [
        {
            name: 'desk2',
            phases,
            console: [
                [3, 'kernel line'],
                [9, 'rbdboot[map-image] RB204: the monitors rejected the key'],
            ],
            faults: [[5.5, `cable of nic0 out ${hostile}`]],
            screen: 'iVBORw0KGgo=',
        },
    ],
};
const at = '2026-01-02T04:00:00.000Z';
const history = [
    historyEntry([passed, { ...failed, outcome: 'passed' }], '2026-01-01T04:00:00.000Z', '1a2b3c4'),
    historyEntry([passed, failed], at, '5d6e7f8'),
];
const missing = [{ id: 'F22', title: 'a machine is fenced' }];
const page = reportPage({ records: [passed, failed], missing, history, commit: '5d6e7f8', at });

let directory = '';
beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'rbdboot-report-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Opens the page as a person does; what else Chromium would do on its own is off. */
const open = (...options: readonly string[]) => openFile('report.html', ...options);

async function openFile(name: string, ...options: readonly string[]): Promise<string> {
    const file = join(directory, name);
    writeFileSync(join(directory, 'report.html'), page);
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
        expect(page.indexOf('id="s-f16"')).toBeLessThan(page.indexOf('id="s-h01"'));
        expect(page).toContain('<span class="tag class">auth</span>');
        expect(page).toContain('first bad: <code>5d6e7f8</code>, last good: <code>1a2b3c4</code>');
        expect(page).toContain('build/bundles/wrong-key/summary.md');
        expect(page).toContain('make vm-test ONLY=F16');
    });

    it('names what was planned and did not run', () => {
        expect(page).toContain('<li>F22 a machine is fenced</li>');
        expect(page).toContain('<title>rbdboot: 1 passed, 1 failed, 1 not run</title>');
    });

    it('has in the console what was done to the machine, at its time', () => {
        const console = page.slice(page.indexOf('the console of desk2'));
        const order = ['kernel line', 'fault: cable of nic0 out', 'RB204'];
        const places = order.map((text) => console.indexOf(text));
        expect(places).toEqual([...places].sort((one, other) => one - other));
        expect(places).not.toContain(-1);
    });

    it('asks for nothing from elsewhere, and is no program', () => {
        expect(page.match(/(?:src|href)="(?!data:|#)[^"]*"|url\(|@import/g)).toBeNull();
        expect(page).toContain("default-src 'none'");
        expect(page).not.toMatch(/<script| on[a-z]+=/);
    });

    it('names each picture for those who do not see it', () => {
        for (const [picture] of page.matchAll(/<svg [^>]*>|<img [^>]*>/g)) {
            expect(picture).toMatch(/aria-label="[^"]+"|alt="[^"]+"/);
        }
        const ids = [...page.matchAll(/ id="(?<id>[^"]*)"/g)].map(({ groups }) => groups?.id);
        expect(new Set(ids).size).toBe(ids.length);
        const links = [...page.matchAll(/href="#(?<id>[^"]*)"/g)].map(({ groups }) => groups?.id);
        expect(links.filter((id) => !ids.includes(id))).toEqual([]);
    });

    it('is what a browser shows, and text of a machine stays text', {
        timeout: 60_000,
    }, async () => {
        const shown = await open('--dump-dom');
        expect(shown).toContain('<title>rbdboot: 1 passed, 1 failed, 1 not run</title>');
        expect(shown.match(/<details class="scenario/g)).toHaveLength(2);
        expect(shown.match(/<div class="waterfall"/g)).toHaveLength(2);
        // The last runs, and a trend for each scenario.
        expect(shown.match(/<svg/g)).toHaveLength(3);
        expect(shown).not.toMatch(/<h1 class="injected"|<script/);
        expect(shown).toContain('&lt;script&gt;');
    });

    it.each([1280, 390])(
        'needs no more than a screen of %i px',
        { timeout: 60_000 },
        async (width) => {
            // In a frame, since Chromium makes no window as narrow as a telephone.
            const frame = `<iframe style="width:${width}px" src="report.html" onload="const { clientWidth, scrollWidth } = this.contentDocument.documentElement; document.title = \`wider by \${scrollWidth - clientWidth}\`"></iframe>`;
            writeFileSync(join(directory, 'frame.html'), frame);
            const shown = await openFile(
                'frame.html',
                '--allow-file-access-from-files',
                '--dump-dom',
            );
            expect(shown).toContain('<title>wider by 0</title>');
        },
    );

    it('can be looked at', { timeout: 60_000 }, async () => {
        const picture = join(directory, 'report.png');
        await open(`--screenshot=${picture}`, '--window-size=1280,1400');
        const bytes = readFileSync(picture);
        expect(bytes.subarray(1, 4).toString()).toBe('PNG');
        // An empty page of this size takes less than 10 kB.
        expect(bytes.length).toBeGreaterThan(20_000);
    });
});
