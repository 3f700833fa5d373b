import { runsChart } from './chart.ts';
import { escapeText } from './escape.ts';
import type { HistoryEntry } from './history.ts';
import { phaseStatistics } from './phase-statistics.ts';
import type { ScenarioRecord } from './record.ts';

/** The place of a scenario in the page. */
export function anchorOf({ id }: Pick<ScenarioRecord, 'id'>): string {
    return `s-${id.toLowerCase().replaceAll('.', '-')}`;
}

/** What a reader looks for before any one scenario: classes, phases, the slowest, the last runs. */
export function overview(
    records: readonly ScenarioRecord[],
    history: readonly HistoryEntry[],
    slowness: number,
): string {
    const cards = [
        history.length > 1
            ? card(
                  'Last runs',
                  `${runsChart(history)}<p class="quiet">passed and failed scenarios, newest right</p>`,
              )
            : '',
        classesCard(records, history),
        slowestCard(records),
        phasesCard(records, slowness),
    ];
    return `<div class="cards">${cards.join('')}</div>`;
}

function classesCard(records: readonly ScenarioRecord[], history: readonly HistoryEntry[]): string {
    const past = history.slice(-20).flatMap(({ scenarios }) => scenarios);
    const all = countBy([...past.flatMap(({ class: kind }) => kind ?? [])]);
    const now = countBy(records.flatMap(({ class: kind }) => kind ?? []));
    if (all.size === 0 && now.size === 0) {
        return '';
    }
    const rows = [...new Set([...now.keys(), ...all.keys()])]
        .sort((one, other) => (all.get(other) ?? 0) - (all.get(one) ?? 0))
        .map(
            (kind) =>
                `<tr><td>${kind}</td><td>${now.get(kind) ?? 0}</td><td>${all.get(kind) ?? 0}</td></tr>`,
        );
    return card(
        'Failures by class',
        `<table><thead><tr><th scope="col">class</th><th scope="col">this run</th><th scope="col">last 20 runs</th></tr></thead><tbody>${rows.join('')}</tbody></table>`,
    );
}

function slowestCard(records: readonly ScenarioRecord[]): string {
    const slowest = [...records].sort((one, other) => other.seconds - one.seconds).slice(0, 8);
    const most = slowest[0]?.seconds ?? 1;
    const rows = slowest.map(
        (one) =>
            `<li><a href="#${anchorOf(one)}" title="${escapeText(one.title)}">${escapeText(`${one.id} ${one.title}`)}</a><span>${one.seconds.toFixed(1)} s</span><i><b style="width:${((100 * one.seconds) / most).toFixed(1)}%"></b></i></li>`,
    );
    return slowest.length === 0
        ? ''
        : card('Slowest scenarios', `<ul class="bars">${rows.join('')}</ul>`);
}

function phasesCard(records: readonly ScenarioRecord[], slowness: number): string {
    const statistics = phaseStatistics(records, slowness);
    const rows = statistics.map(({ boots, budget, p50, p95, phase }) => {
        const over = budget !== undefined && p95 > budget;
        const limit = budget === undefined ? '' : `${budget.toFixed(0)} s`;
        return `<tr><td>${escapeText(phase)}</td><td>${boots}</td><td>${p50.toFixed(1)} s</td><td${over ? ' class="bad"' : ''}>${p95.toFixed(1)} s</td><td>${limit}${over ? ' over' : ''}</td></tr>`;
    });
    return statistics.length === 0
        ? ''
        : card(
              'Time per phase',
              `<div class="scroll"><table><thead><tr><th scope="col">phase</th><th scope="col">boots</th><th scope="col">p50</th><th scope="col">p95</th><th scope="col">budget</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`,
          );
}

function card(title: string, content: string): string {
    return `<div class="card"><h2>${title}</h2>${content}</div>`;
}

function countBy(values: readonly string[]): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const value of values) {
        counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return counts;
}
