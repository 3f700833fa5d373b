import { expect, it } from 'vitest';
import { compareRuns } from './compare.ts';
import { comparisonText, headline } from './comparison-text.ts';
import type { HistoryEntry } from './history.ts';
import { fails, passes, runs } from './testing/runs.ts';

function textOf(history: readonly HistoryEntry[]): string {
    const comparison = compareRuns(history, 'previous');
    return comparison === undefined ? '' : comparisonText(comparison);
}

it('reads as a report', () => {
    const slow = (took: number) => passes('H01', { phases: [['systemd', took]] });
    const history = runs(
        ...Array.from(
            { length: 6 },
            (_, index) => [`a${index}`, slow(10), passes('F16'), fails('F17')] as const,
        ),
        ['z9', slow(15), fails('F16'), passes('F17')],
    );
    expect(textOf(history)).toBe(`# Boot scenarios: 1 new failure, 1 mended, 1 slower phase

2 passed, 1 failed at \`z9\`, 2026-01-07 04:00 UTC. Compared with \`a5\` of 2026-01-06 04:00 UTC.

## New failures

### F16 scenario F16

- class **auth**, in \`rbdboot: map-image\`
- \`waiting for root: not within 60 s\`
- first bad \`z9\`, last good \`a5\`
- all that is known of it: \`build/bundles/f16/summary.md\`
- again: \`make vm-test ONLY=F16\`
- key 68a3421073f0

## Mended

- F17 scenario F17

## Phases that take more than 20 % longer than in the last 20 runs

| phase | before | now | longer | scenarios |
| --- | --: | --: | --: | --: |
| systemd | 10.0 s | 15.0 s | 50 % | 1 |
`);
});

it.each([
    ['all pass', [passes('H01')], [passes('H01')]],
    ['nothing new, 1 still failing', [fails('H01')], [fails('H01')]],
    ['1 mended', [fails('H01')], [passes('H01')]],
    ['2 new failures', [passes('H01')], [fails('H01'), fails('H02')]],
])('says "%s" first', (expected, before, now) => {
    const comparison = compareRuns(runs(['a1', ...before], ['b2', ...now]), 'previous');
    expect(comparison === undefined ? '' : headline(comparison)).toBe(
        `Boot scenarios: ${expected}`,
    );
});

it('lets no text of a machine become markup, or call somebody', () => {
    const message = 'console: `<img src=x>` @everybody\n# heading';
    const title = '<b>@somebody</b> [link](x)';
    const text = textOf(runs(['a1', fails('F16', { message, title })]));
    expect(text).toContain("- `console: '<img src=x>' @everybody # heading`");
    expect(text).toContain('\\<b\\>\\@somebody\\</b\\> \\[link\\](x)');
});
