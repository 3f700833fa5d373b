import { relative } from 'node:path';
import { styleText } from 'node:util';
import type { Diagnostic, Location } from './diagnostic.ts';

export interface RenderOptions {
    /** Whether the text may hold escape sequences for colours. */
    readonly colour: boolean;
    /** File names are shown relative to this directory if they lie in it. */
    readonly directory: string;
    /** The text of a file, for the line that is shown; `undefined` if it cannot be had. */
    readonly readSource: (file: string) => string | undefined;
}

/**
 * A diagnostic as a person reads it: the place in the form that editors and terminals make a link
 * of, what is wrong, the line with a caret, and what to do.
 *
 * ```text
 * boot.config.ts:12:18: error RB107: hosts.desk1.mac: "52:54" is not accepted: …
 *
 *     12 |             mac: '52:54',
 *        |                  ^
 *
 *     hint: …
 * ```
 */
export function renderDiagnostic(diagnostic: Diagnostic, options: RenderOptions): string {
    const { code, severity, message, hint, location } = diagnostic;
    const paint = painter(options.colour);
    const place = location === undefined ? '' : `${printLocation(location, options.directory)}: `;
    const label = paint(severity === 'error' ? 'red' : 'yellow', `${severity} ${code}`);
    const [first, ...rest] = message.split('\n');
    const lines = [`${paint('bold', place)}${label}: ${first}`, ...rest];
    if (location !== undefined) {
        lines.push(...renderFrame(location, options));
    }
    if (hint !== undefined) {
        lines.push('', `    ${paint('cyan', 'hint')}: ${hint}`);
    }
    return `${lines.join('\n')}\n`;
}

/** All of them, with a blank line between two, and a count if there are several. */
export function renderDiagnostics(
    diagnostics: readonly Diagnostic[],
    options: RenderOptions,
): string {
    const texts = diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, options));
    return [...texts, ...(texts.length > 1 ? [`${countOf(diagnostics)}\n`] : [])].join('\n');
}

/** `2 errors`, `1 error, 3 warnings` */
function countOf(diagnostics: readonly Diagnostic[]): string {
    return (['error', 'warning'] as const)
        .map((kind) => ({ kind, count: diagnostics.filter((one) => one.severity === kind).length }))
        .filter(({ count }) => count > 0)
        .map(({ kind, count }) => `${count} ${kind}${count === 1 ? '' : 's'}`)
        .join(', ');
}

/** Whether text that goes to this stream may be coloured: https://no-color.org. */
export function wantsColour(
    stream: { readonly isTTY?: boolean },
    environment: Readonly<Record<string, string | undefined>>,
): boolean {
    return stream.isTTY === true && (environment.NO_COLOR ?? '') === '';
}

function renderFrame(location: Location, options: RenderOptions): readonly string[] {
    const line = options.readSource(location.file)?.split(/\r?\n/)[location.line - 1];
    if (line === undefined) {
        return [];
    }
    const paint = painter(options.colour);
    const number = String(location.line).padStart(6);
    // Tabs stay tabs, so that the caret stands below its character however wide they are.
    const indent = line.slice(0, location.column - 1).replaceAll(/[^\t]/g, ' ');
    return [
        '',
        `${paint('dim', `${number} |`)} ${line}`,
        `${paint('dim', '       |')} ${indent}${paint('red', '^')}`,
    ];
}

function printLocation({ file, line, column }: Location, directory: string): string {
    const near = relative(directory, file);
    return `${near.startsWith('..') ? file : near}:${line}:${column}`;
}

type Style = Parameters<typeof styleText>[0];

function painter(colour: boolean): (style: Style, text: string) => string {
    return (style, text) =>
        colour && text !== '' ? styleText(style, text, { validateStream: false }) : text;
}
