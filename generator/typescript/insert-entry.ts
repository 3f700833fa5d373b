import type { ObjectLiteralExpression } from 'ts-morph';
import { insertion, lineIndent, lineStart, type TextChange } from './text-change.ts';
import { scanTrivia } from './trivia.ts';

/** Where a new entry begins, and how its lines go on. */
export interface Place {
    /** Of the entry's own lines. */
    readonly indent: string;
    readonly newline: string;
}

/**
 * Adds an entry as the last one, in the way in which the others stand: on a line of its own or
 * behind the others, with a comma behind it if the last one has one.
 *
 * @param print the entry without a comma.
 * @param unit one level of indentation, for an object that has no entries yet.
 */
export function insertEntry(
    object: ObjectLiteralExpression,
    unit: string,
    print: (place: Place) => string,
): readonly TextChange[] {
    const text = object.getSourceFile().getFullText();
    const open = object.getStart();
    const close = object.getEnd() - 1;
    const last = object.getProperties().at(-1);
    const tail = scanTrivia(text, last?.getEnd() ?? open + 1, close);
    const hasComma = tail.some(({ kind }) => kind === 'comma');
    const lineEnd = tail.findLast(({ kind }) => kind === 'newline');
    const comma = last === undefined || hasComma ? [] : [insertion(last.getEnd(), ',')];
    if (lineEnd !== undefined) {
        const startsLine = last !== undefined && lineStart(text, last.getStart()) > open;
        const indent = startsLine
            ? lineIndent(text, last.getStart())
            : lineIndent(text, close) + unit;
        const newline = lineEnd.text;
        const entry = `${newline}${indent}${print({ indent, newline })}`;
        const behind = hasComma || last === undefined ? ',' : '';
        return merge([...comma, insertion(lineEnd.start, entry + behind)]);
    }
    const place = { indent: lineIndent(text, open), newline: newlineOf(text) };
    const mark = tail.findLast(({ kind }) => kind !== 'space');
    if (last === undefined && mark === undefined) {
        const indent = place.indent + unit;
        const entry = print({ ...place, indent });
        const lines = `${place.newline}${indent}${entry},${place.newline}${place.indent}`;
        return [{ start: open + 1, end: close, text: lines }];
    }
    const at = mark?.end ?? last?.getEnd() ?? open + 1;
    return merge([...comma, insertion(at, ` ${print(place)}${hasComma ? ',' : ''}`)]);
}

/** The end of a line, as the file has it first. */
export function newlineOf(text: string): string {
    return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

/** Two insertions at one place are one: their order is that of the list. */
function merge(changes: readonly TextChange[]): readonly TextChange[] {
    const [first, second] = changes;
    return first !== undefined && second !== undefined && first.start === second.start
        ? [insertion(first.start, first.text + second.text)]
        : changes;
}
