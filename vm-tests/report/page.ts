import { timelineChart, trendChart } from './chart.ts';
import { escapeText } from './escape.ts';
import { type HistoryEntry, trendOf } from './history.ts';
import type { MachineRecord, ScenarioRecord } from './record.ts';

export interface ReportContent {
    readonly records: readonly ScenarioRecord[];
    /** This run included, as its last. */
    readonly history: readonly HistoryEntry[];
    /** What was tested, for the heading: a commit. */
    readonly commit: string;
    /** ISO 8601. */
    readonly at: string;
}

const style = `
body { font: 15px/1.45 system-ui, sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; color: #222; }
h1 { font-size: 1.4em } h2 { font-size: 1.05em; margin: 0 }
section { border: 1px solid #ccc; border-left: 6px solid #228833; border-radius: 4px; padding: .6em 1em; margin: .8em 0 }
section.failed { border-left-color: #cc3311 }
pre { background: #f5f5f5; padding: .6em; overflow: auto; max-height: 30em; font-size: 12px; margin: .4em 0 }
svg { display: block; max-width: 100%; height: auto; font: 11px system-ui, sans-serif; margin: .5em 0 }
.class { background: #cc3311; color: white; padding: 0 .4em; border-radius: 3px }
summary { cursor: pointer } img { max-width: 100% }
@media (prefers-color-scheme: dark) { body { background: #181818; color: #ddd } pre { background: #242424 } svg text { fill: #ddd } section { border-color: #444 } }
`;

/**
 * One page with everything that is known of a run. Nothing in it comes from elsewhere: it can be
 * kept, sent and opened without a network. Failed scenarios stand first.
 */
export function reportPage({ at, commit, history, records }: ReportContent): string {
    const failed = records.filter(({ outcome }) => outcome === 'failed');
    const passed = records.filter(({ outcome }) => outcome === 'passed');
    const seconds = records.reduce((sum, record) => sum + record.seconds, 0);
    const sections = [...failed, ...passed].map((record) => section(record, history));
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>rbdboot: ${passed.length} passed, ${failed.length} failed</title>
<style>${style}</style>
</head>
<body>
<h1>Boot scenarios: ${passed.length} passed, ${failed.length} failed</h1>
<p>${escapeText(commit)}, ${escapeText(at)}; ${(seconds / 60).toFixed(1)} minutes of scenarios.</p>
${sections.join('\n')}
</body>
</html>
`;
}

function section(record: ScenarioRecord, history: readonly HistoryEntry[]): string {
    const { class: kind, machines, message, outcome, seconds, title } = record;
    const trend = trendOf(title, history);
    const blame = [
        ...(trend.firstBad === undefined ? [] : [`first bad: ${trend.firstBad}`]),
        ...(trend.lastGood === undefined ? [] : [`last good: ${trend.lastGood}`]),
    ];
    return `<section class="${outcome}">
<h2>${kind === undefined ? '' : `<span class="class">${kind}</span> `}${escapeText(title)}</h2>
<p>${outcome} in ${seconds.toFixed(1)} s${blame.length === 0 ? '' : `; ${escapeText(blame.join(', '))}`}</p>
${message === undefined ? '' : `<pre>${escapeText(message)}</pre>`}
${trend.runs.length > 1 ? trendChart(trend) : ''}
${machines.map((machine) => machineDetails(machine, outcome === 'failed')).join('\n')}
</section>`;
}

function machineDetails({ console, name, phases, screen }: MachineRecord, open: boolean): string {
    const lines = console.map(([at, text]) => `${at.toFixed(3).padStart(8)}  ${text}`).join('\n');
    return `${phases.length === 0 ? '' : timelineChart(phases)}
<details${open ? ' open' : ''}><summary>the console of ${escapeText(name)}</summary>
${screen === undefined ? '' : `<img alt="the screen of ${escapeText(name)}" src="data:image/png;base64,${screen}">`}
<pre>${escapeText(lines)}</pre>
</details>`;
}
