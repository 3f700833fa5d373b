import { band, lengthOf, trendChart, waterfall } from './chart.ts';
import { escapeText } from './escape.ts';
import { type HistoryEntry, trendOf } from './history.ts';
import { anchorOf } from './overview.ts';
import type { MachineRecord, ScenarioRecord } from './record.ts';

/** What is the same for all sections of a page. */
export interface PageFrame {
    readonly history: readonly HistoryEntry[];
    readonly slowness: number;
    /** Seconds of the longest boot, which is as wide as the page. */
    readonly longest: number;
}

/** All that is known of one scenario; of one that failed it is open. */
export function scenarioSection(record: ScenarioRecord, frame: PageFrame): string {
    const { class: kind, id, machines, outcome, seconds, title } = record;
    const trend = trendOf(id, frame.history);
    const { boots, budget } = trend.runs.at(-1) ?? {};
    const late = boots !== undefined && budget !== undefined && boots > budget;
    const states = [outcome, ...(trend.flaky ? ['flaky'] : []), ...(late ? ['late'] : [])];
    const tags = [
        ...(kind === undefined ? [] : [`<span class="tag class">${kind}</span>`]),
        ...(trend.flaky ? ['<span class="tag warn">flaky</span>'] : []),
        ...(record.quarantined === undefined ? [] : ['<span class="tag warn">quarantine</span>']),
        ...(late ? ['<span class="tag warn">over budget</span>'] : []),
    ];
    const mark =
        outcome === 'passed'
            ? '<span class="good" role="img" aria-label="passed">✓</span>'
            : '<span class="bad" role="img" aria-label="failed">✗</span>';
    const bands = machines
        .filter(({ phases }) => lengthOf(phases) > 0)
        .map(({ phases }) => band(phases, frame.longest));
    return `<details class="scenario ${states.join(' ')}" id="${anchorOf(record)}"${outcome === 'failed' ? ' open' : ''}>
<summary>${mark}<span class="title"><span class="id">${id}</span>${escapeText(title)} ${tags.join(' ')}</span><span class="took">${seconds.toFixed(1)} s</span>${bands.length === 0 ? '' : `<span class="bands">${bands.join('')}</span>`}</summary>
<div class="inside">
${factsOf(record)}
${failureOf(record, trend)}
${trend.runs.length > 1 ? trendChart(trend) : ''}
${machines.map((machine) => machineSection(machine, frame, outcome === 'failed')).join('\n')}
</div></details>`;
}

function factsOf(record: ScenarioRecord): string {
    const { firmware, lane, measured = [], seed, tier } = record;
    const facts: readonly (readonly [string, string | undefined])[] = [
        ['tier', tier],
        ['lane', lane],
        ['firmware', lane === 'direct' ? undefined : firmware],
        ['seed', seed],
        ...measured,
    ];
    const items = facts.flatMap(([name, value]) =>
        value === undefined ? [] : [`<li>${escapeText(name)} <b>${escapeText(value)}</b></li>`],
    );
    return items.length === 0 ? '' : `<ul class="facts">${items.join('')}</ul>`;
}

function failureOf(
    record: ScenarioRecord,
    { firstBad, lastGood }: ReturnType<typeof trendOf>,
): string {
    const { bundle, message, outcome } = record;
    if (outcome === 'passed') {
        return '';
    }
    const blame = [
        ...(firstBad === undefined ? [] : [`first bad: <code>${escapeText(firstBad)}</code>`]),
        ...(lastGood === undefined ? [] : [`last good: <code>${escapeText(lastGood)}</code>`]),
    ];
    const lines = [
        ...(blame.length === 0 ? [] : [blame.join(', ')]),
        `again: <code>make vm-test ONLY=${record.id}</code>`,
        ...(bundle === undefined
            ? []
            : [`all that is known of it: <code>${escapeText(bundle)}/summary.md</code>`]),
    ];
    return `${message === undefined ? '' : `<pre>${escapeText(message)}</pre>`}<p>${lines.join('<br>')}</p>`;
}

function machineSection(machine: MachineRecord, frame: PageFrame, open: boolean): string {
    const { name, phases, screen } = machine;
    const picture =
        screen === undefined
            ? ''
            : `<details${open ? ' open' : ''}><summary>the screen of ${escapeText(name)}</summary><img class="screen" alt="the screen of ${escapeText(name)}, as it was at the end" src="data:image/png;base64,${screen}"></details>`;
    return `<h3>${escapeText(name)}</h3>
${phases.length === 0 ? '' : waterfall(machine, frame.slowness)}
${picture}
<details${open ? ' open' : ''}><summary>the console of ${escapeText(name)}, ${machine.console.length} lines</summary>
<pre tabindex="0">${consoleText(machine)}</pre></details>`;
}

/** The console with times, and in between what was done to the machine. */
function consoleText({ console, faults = [] }: MachineRecord): string {
    const seen = console.map(([at, text]) => ({ at, html: consoleLine(text) }));
    const done = faults.map(([at, what]) => ({ at, html: `<em>fault: ${escapeText(what)}</em>` }));
    return [...seen, ...done]
        .sort((one, other) => one.at - other.at)
        .map(({ at, html }) => `${at.toFixed(3).padStart(8)}  ${html}`)
        .join('\n');
}

function consoleLine(text: string): string {
    const shown = escapeText(text);
    if (/^rbdboot\[[a-z-]+\] RB\d{3}:|Kernel panic|Oops:/.test(text)) {
        return `<em>${shown}</em>`;
    }
    return text.startsWith('rbdboot') ? `<b>${shown}</b>` : shown;
}
