import type { Phase } from '../timeline.ts';
import { escapeText } from './escape.ts';
import type { Trend } from './history.ts';

const width = 760;
const rowHeight = 18;
const colours = ['#4477aa', '#66ccee', '#228833', '#ccbb44', '#ee6677', '#aa3377', '#999999'];

/** The phases of a boot as bars on one time line: a picture of its own, as SVG. */
export function timelineChart(phases: readonly Phase[]): string {
    const end = Math.max(...phases.map(({ at, took = 0 }) => at + took), 0.1);
    const labels = 170;
    const scale = (width - labels - 70) / end;
    const rows = phases.map(({ at, name, took = 0 }, index) => {
        const y = index * rowHeight;
        const x = labels + at * scale;
        const colour = colours[index % colours.length];
        const length = Math.max(took * scale, 2);
        return (
            `<text x="${labels - 8}" y="${y + 13}" text-anchor="end">${escapeText(name)}</text>` +
            `<rect x="${x.toFixed(1)}" y="${y + 3}" width="${length.toFixed(1)}" height="12" fill="${colour}"/>` +
            `<text x="${(x + length + 5).toFixed(1)}" y="${y + 13}">${took === 0 ? `at ${at.toFixed(1)} s` : `${took.toFixed(1)} s`}</text>`
        );
    });
    return svg(
        phases.length * rowHeight + 4,
        `phases of the boot, ${end.toFixed(1)} s in all`,
        rows,
    );
}

/** The seconds of the last runs as bars, failed ones in red. */
export function trendChart({ runs }: Trend): string {
    const shown = runs.slice(-60);
    const height = 48;
    const most = Math.max(...shown.map(({ seconds }) => seconds), 0.1);
    const bars = shown.map(({ at, outcome, seconds }, index) => {
        const high = Math.max((seconds / most) * height, 1);
        const colour = outcome === 'passed' ? '#228833' : '#cc3311';
        return `<rect x="${index * 9}" y="${(height - high).toFixed(1)}" width="7" height="${high.toFixed(1)}" fill="${colour}"><title>${escapeText(`${at}: ${outcome}, ${seconds.toFixed(1)} s`)}</title></rect>`;
    });
    return svg(height, `seconds of the last ${shown.length} runs`, bars);
}

function svg(height: number, title: string, parts: readonly string[]): string {
    return `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"><title>${escapeText(title)}</title>${parts.join('')}</svg>`;
}
