import type { Node, ObjectLiteralExpression } from 'ts-morph';
import type { TextChange } from './text-change.ts';
import { scanTrivia, type Trivia } from './trivia.ts';

/**
 * Takes an entry out, with the comments that belong to it: those on the lines directly above, and
 * the one behind it on its line. A blank line, or an entry that was commented out, ends what belongs
 * to it, and on a line that several entries share the comment behind them belongs to none.
 */
export function removeEntry(object: ObjectLiteralExpression, entry: Node): readonly TextChange[] {
    const text = object.getSourceFile().getFullText();
    const entries: readonly Node[] = object.getProperties();
    const index = entries.indexOf(entry);
    const before = entries[index - 1]?.getEnd() ?? object.getStart() + 1;
    const behind = entries[index + 1]?.getStart() ?? object.getEnd() - 1;
    const head = scanTrivia(text, before, entry.getStart());
    const tail = scanTrivia(text, entry.getEnd(), behind);
    const comma = tail.find(({ kind }) => kind === 'comma');
    // The last entry without a comma leaves the one before it as the last without a comma.
    const earlier = comma === undefined ? head.find(({ kind }) => kind === 'comma') : undefined;
    const drop = earlier === undefined ? [] : [cut(earlier.start, earlier.end)];
    const lineEnd = tail.find(({ kind }) => kind === 'newline');
    if (startsLine(head) && lineEnd !== undefined && !followed(tail, comma)) {
        return [...drop, cut(firstLine(head), lineEnd.end)];
    }
    return joined([...drop, within(head, tail, comma, entry)]);
}

/** Only white space and block comments stand before it on its line. */
function startsLine(head: readonly Trivia[]): boolean {
    const line = head.slice(head.findLastIndex(({ kind }) => kind === 'newline') + 1);
    return head.length > line.length && line.every(({ kind }) => kind !== 'comma');
}

/** A comma of its own line's end, as in comma-first style, belongs to the next entry's line. */
function followed(tail: readonly Trivia[], comma: Trivia | undefined): boolean {
    const lineEnd = tail.findIndex(({ kind }) => kind === 'newline');
    return comma !== undefined && tail.indexOf(comma) > lineEnd;
}

/** Where the first of the lines begins that belong to the entry. */
function firstLine(head: readonly Trivia[]): number {
    const ends = head.filter(({ kind }) => kind === 'newline');
    let start = ends.at(-1)?.end ?? 0;
    for (const [index, end] of [...ends.entries()].reverse()) {
        const above = index === 0 ? undefined : ends[index - 1];
        const line = above === undefined ? [] : tokensBetween(head, above.end, end.start);
        const comments = line.filter(({ kind }) => kind !== 'space');
        if (comments.length === 0 || above === undefined || comments.some(isEntry)) {
            break;
        }
        start = above.end;
    }
    return start;
}

function tokensBetween(head: readonly Trivia[], start: number, end: number): readonly Trivia[] {
    return head.filter((one) => one.start >= start && one.end <= end);
}

/** A comma between comments, or an entry that was commented out. */
function isEntry({ kind, text }: Trivia): boolean {
    return kind === 'comma' || /^\/[/*]\s*['"]?[\w-]+['"]?\s*:\s*\{/.test(text);
}

/** On a line with others: the entry with its comma, and the space that parts it from its neighbour. */
function within(
    head: readonly Trivia[],
    tail: readonly Trivia[],
    comma: Trivia | undefined,
    entry: Node,
): TextChange {
    const line = head.slice(
        head.findLastIndex(({ kind }) => kind === 'newline' || kind === 'comma') + 1,
    );
    const start = line.find(({ kind }) => kind === 'block-comment')?.start ?? entry.getStart();
    const space = line.find((one) => one.kind === 'space' && one.end === start);
    const afterNewline = line[0] === space && head.at(-1 - line.length)?.kind === 'newline';
    if (comma === undefined) {
        const rest = tail.slice(0, firstIndex(tail, 'newline'));
        const end = rest.findLast(({ kind }) => kind === 'block-comment')?.end ?? entry.getEnd();
        return cut(afterNewline ? start : (space?.start ?? start), end);
    }
    const [next, further] = tail.slice(tail.indexOf(comma) + 1);
    const parts = next?.kind === 'space' && further?.kind !== 'newline';
    if (parts && !further?.kind.endsWith('comment')) {
        return cut(start, next.end);
    }
    return cut(afterNewline ? start : (space?.start ?? start), comma.end);
}

function firstIndex(tokens: readonly Trivia[], wanted: Trivia['kind']): number {
    const index = tokens.findIndex(({ kind }) => kind === wanted);
    return index < 0 ? tokens.length : index;
}

function cut(start: number, end: number): TextChange {
    return { start, end, text: '' };
}

/** Two cuts that touch are one. */
function joined(changes: readonly TextChange[]): readonly TextChange[] {
    const [first, second] = changes;
    return first !== undefined && second !== undefined && first.end >= second.start
        ? [cut(first.start, second.end)]
        : changes;
}
