import { lengthOf } from './chart.ts';
import { escapeText } from './escape.ts';
import { type Circumstances, type HistoryEntry, type ScenarioResult, trendOf } from './history.ts';
import { anchorOf, overview } from './overview.ts';
import { phaseGroups } from './phase-group.ts';
import type { ScenarioRecord } from './record.ts';
import { scenarioSection } from './scenario-section.ts';
import { style } from './style.ts';

export interface ReportContent {
    readonly records: readonly ScenarioRecord[];
    /** Those that were to run and did not. Default: none. */
    readonly missing?: readonly Pick<ScenarioResult, 'id' | 'title'>[];
    /** This run included, as its last. */
    readonly history: readonly HistoryEntry[];
    /** What was tested, for the heading: a commit. */
    readonly commit: string;
    /** ISO 8601. */
    readonly at: string;
    readonly circumstances?: Circumstances;
}

/**
 * One page with everything that is known of a run. Nothing in it comes from elsewhere and nothing in
 * it is a program: it can be kept, sent and opened without a network. Failed scenarios stand first.
 */
export function reportPage(content: ReportContent): string {
    const { at, circumstances, commit, history, missing = [], records } = content;
    const failed = records.filter(({ outcome }) => outcome === 'failed');
    const passed = records.filter(({ outcome }) => outcome === 'passed');
    const slowness = circumstances?.slowness ?? 1;
    const longest = Math.max(
        ...records.flatMap(({ machines }) => machines.map(({ phases }) => lengthOf(phases))),
        0,
    );
    const frame = { history, slowness, longest };
    const sections = [...failed, ...passed].map((record) => scenarioSection(record, frame));
    const notRun = missing.length === 0 ? '' : `, ${missing.length} not run`;
    const counts = `${passed.length} passed, ${failed.length} failed${notRun}`;
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>rbdboot: ${counts}</title>
<style>${style}</style>
</head>
<body>
<div class="page">
<header>
<h1>Boot scenarios: ${headline(passed.length, failed.length, missing.length)}</h1>
${runFacts({ at, commit, records, ...(circumstances === undefined ? {} : { circumstances }) })}
<ol class="strip" aria-label="all scenarios of this run">${strip([...failed, ...passed])}${missing.map(stripMissing).join('')}</ol>
</header>
<main>
${missing.length === 0 ? '' : `<div class="card"><h2 class="bad">Planned, and not run</h2><ul>${missing.map((one) => `<li>${escapeText(`${one.id} ${one.title}`)}</li>`).join('')}</ul></div>`}
${overview(records, history, slowness)}
${filters(records, failed.length, history)}
<div class="scenarios">
<ul class="legend" aria-label="who is at work">${phaseGroups.map((group) => `<li><b class="g-${group}"></b>${group}</li>`).join('')}</ul>
${sections.join('\n')}
</div>
</main>
</div>
</body>
</html>
`;
}

function headline(passed: number, failed: number, missing: number): string {
    return [
        `<span class="good">${passed} passed</span>`,
        `<span${failed === 0 ? '' : ' class="bad"'}>${failed} failed</span>`,
        ...(missing === 0 ? [] : [`<span class="bad">${missing} not run</span>`]),
    ].join(', ');
}

function runFacts({
    at,
    circumstances,
    commit,
    records,
}: Pick<ReportContent, 'at' | 'circumstances' | 'commit' | 'records'>): string {
    const first = Date.parse(records[0]?.startedAt ?? at);
    const boots = records.reduce(
        (sum, { machines }) => sum + machines.filter(({ phases }) => phases.length > 0).length,
        0,
    );
    const facts: readonly (readonly [string, string])[] = [
        ['commit', commit],
        ['ended', `${at.slice(0, 16).replace('T', ' ')} UTC`],
        ['took', `${Math.max((Date.parse(at) - first) / 60_000, 0).toFixed(1)} min`],
        ['boots', String(boots)],
        ...(circumstances === undefined
            ? []
            : ([
                  ['on', circumstances.system],
                  ['with', circumstances.accelerator.toUpperCase()],
                  ['firmware', circumstances.firmware.toUpperCase()],
                  ['budgets times', circumstances.slowness.toFixed(1)],
              ] as const)),
    ];
    return `<ul class="facts">${facts.map(([name, value]) => `<li>${name} <b>${escapeText(value)}</b></li>`).join('')}</ul>`;
}

function strip(records: readonly ScenarioRecord[]): string {
    return records
        .map((record) => {
            const said = escapeText(`${record.id}: ${record.outcome}`);
            return `<li><a class="${record.outcome}" href="#${anchorOf(record)}" title="${said}" aria-label="${said}"></a></li>`;
        })
        .join('');
}

function stripMissing(one: Pick<ScenarioResult, 'id' | 'title'>): string {
    const said = escapeText(`${one.id}: not run`);
    return `<li><a class="missing" title="${said}" aria-label="${said}"></a></li>`;
}

/** What is shown of the list, by radio buttons alone. */
function filters(
    records: readonly ScenarioRecord[],
    failed: number,
    history: readonly HistoryEntry[],
): string {
    const trends = records.map((record) => trendOf(record.id, history));
    const flaky = trends.filter((trend) => trend.flaky).length;
    const late = trends.filter(({ runs }) => {
        const { boots, budget } = runs.at(-1) ?? {};
        return boots !== undefined && budget !== undefined && boots > budget;
    }).length;
    const choices: readonly (readonly [string, string, number])[] = [
        ['all', 'all', records.length],
        ['bad', 'failed', failed],
        ['shaky', 'flaky', flaky],
        ['late', 'over budget', late],
    ];
    const radios = choices.map(
        ([id, name], index) =>
            `<input class="hide" type="radio" name="shown" id="${id}" aria-label="show ${name}"${index === 0 ? ' checked' : ''}>`,
    );
    const labels = choices.map(
        ([id, name, number]) => `<label for="${id}">${name} ${number}</label>`,
    );
    return `${radios.join('')}<div class="filter">${labels.join('')}</div>`;
}
