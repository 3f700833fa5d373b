import type { Phase } from '../timeline.ts';
import { phaseBudget } from './budgets.ts';
import { escapeText } from './escape.ts';
import type { HistoryEntry, Trend } from './history.ts';
import { phaseGroup } from './phase-group.ts';
import type { MachineRecord } from './record.ts';

/** Seconds that a boot took, to its last phase. */
export function lengthOf(phases: readonly Phase[]): number {
    return Math.max(...phases.map(({ at, took = 0 }) => at + took), 0);
}

/**
 * The phases of a boot as a waterfall: a row for each, one time line for all, and across it what was
 * done to the machine. It is made of boxes and not drawn, so that its text stays as large as that
 * around it on a narrow screen.
 *
 * @param slowness what budgets are multiplied with.
 */
export function waterfall({ faults = [], name, phases }: MachineRecord, slowness: number): string {
    const end = Math.max(lengthOf(phases), ...faults.map(([at]) => at), 0.1);
    const share = (seconds: number) => `${((100 * seconds) / end).toFixed(2)}%`;
    const rows = phases.map(({ at, name: phase, took }) => {
        const budget = phaseBudget(phase);
        const over = took !== undefined && budget !== undefined && took > budget * slowness;
        const said =
            took === undefined
                ? `at ${at.toFixed(1)} s`
                : over
                  ? `${took.toFixed(1)} of ${(budget * slowness).toFixed(0)} s`
                  : `${took.toFixed(1)} s`;
        const width = took === undefined ? '3px' : `max(${share(took)},2px)`;
        return `<li${over ? ' class="over"' : ''}><span>${escapeText(phase)}</span><i><b class="g-${phaseGroup(phase)}" style="left:${share(at)};width:${width}"></b></i><span>${said}</span></li>`;
    });
    const marks = faults.map(
        ([at], index) => `<b class="fault" style="left:${share(at)}"><span>${index + 1}</span></b>`,
    );
    const told = faults.map(
        ([at, what]) => `<li><b>${at.toFixed(1)} s</b> ${escapeText(what)}</li>`,
    );
    return `<div class="waterfall" role="group" aria-label="phases of the boot of ${escapeText(name)}, ${end.toFixed(1)} s in all">${
        marks.length === 0
            ? ''
            : `<div class="marks" aria-hidden="true"><i>${marks.join('')}</i></div>`
    }<ul>${rows.join('')}</ul>${told.length === 0 ? '' : `<ol class="faults" aria-label="what was done to it">${told.join('')}</ol>`}</div>`;
}

/** The same on one line, as wide as its part of the longest boot. */
export function band(phases: readonly Phase[], longest: number): string {
    const end = lengthOf(phases);
    const parts = phases
        .filter(({ took = 0 }) => took > 0)
        .map(
            ({ name, took = 0 }) =>
                `<b class="g-${phaseGroup(name)}" style="flex:${took.toFixed(2)}" title="${escapeText(`${name}: ${took.toFixed(1)} s`)}"></b>`,
        );
    const width = longest > 0 ? (100 * end) / longest : 0;
    return `<span class="band" aria-hidden="true" style="width:${Math.max(width, 1).toFixed(1)}%">${parts.join('')}</span>`;
}

const barWidth = 9;
const shownRuns = 40;

/** The seconds of the last runs as bars, failed ones in red, below the line of the budget. */
export function trendChart({ runs }: Trend): string {
    const shown = runs.slice(-shownRuns);
    const height = 64;
    const seconds = shown.map(({ boots, seconds: all }) => boots ?? all);
    const budget = shown.at(-1)?.budget;
    // A budget far above all of it would make them all flat.
    const most = Math.max(...seconds, 0.1);
    const top = budget !== undefined && budget < 5 * most ? Math.max(most, budget) : most;
    const scale = (height - 4) / top;
    const bars = shown.map(({ at, commit, outcome }, index) => {
        const took = seconds[index] ?? 0;
        const high = Math.max(took * scale, 2);
        const said = `${at.slice(0, 10)} ${commit}: ${outcome}, ${took.toFixed(1)} s`;
        return `<rect class="${outcome}" x="${index * barWidth}" y="${(height - high).toFixed(1)}" width="7" height="${high.toFixed(1)}" rx="1"><title>${escapeText(said)}</title></rect>`;
    });
    const line = budget === undefined || budget > top ? undefined : height - budget * scale;
    const limit =
        line === undefined
            ? ''
            : `<line class="budget" x1="0" x2="${shownRuns * barWidth}" y1="${line.toFixed(1)}" y2="${line.toFixed(1)}"/>`;
    const now = seconds.at(-1) ?? 0;
    const about = budget === undefined ? '' : ` of a budget of ${budget.toFixed(0)} s`;
    const failed = shown.filter(({ outcome }) => outcome === 'failed').length;
    return `<figure>${svg(
        shownRuns * barWidth,
        height,
        `${now.toFixed(1)} s${about}; of the last ${shown.length} runs ${failed} failed`,
        [limit, ...bars],
    )}<figcaption>last ${shown.length} runs; boots now ${now.toFixed(1)} s${about}</figcaption></figure>`;
}

/** How many scenarios passed and failed in the last runs, one bar each. */
export function runsChart(history: readonly HistoryEntry[]): string {
    const shown = history.slice(-shownRuns);
    const height = 72;
    const most = Math.max(...shown.map(({ scenarios }) => scenarios.length), 1);
    const scale = height / most;
    const bars = shown.map(({ at, commit, scenarios }, index) => {
        const failed = scenarios.filter(({ outcome }) => outcome === 'failed').length;
        const passed = scenarios.length - failed;
        const red = failed * scale;
        const green = passed * scale;
        const x = index * barWidth;
        const said = `${at.slice(0, 10)} ${commit}: ${passed} passed, ${failed} failed`;
        return `<g><title>${escapeText(said)}</title><rect class="passed" x="${x}" y="${(height - green).toFixed(1)}" width="7" height="${green.toFixed(1)}"/><rect class="failed" x="${x}" y="${(height - green - red).toFixed(1)}" width="7" height="${red.toFixed(1)}"/></g>`;
    });
    return svg(shownRuns * barWidth, height, `scenarios in the last ${shown.length} runs`, bars);
}

function svg(width: number, height: number, title: string, parts: readonly string[]): string {
    return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeText(title)}">${parts.join('')}</svg>`;
}
