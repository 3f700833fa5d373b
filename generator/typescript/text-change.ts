/** A piece of a text, from `start` up to `end`, that becomes another one. */
export interface TextChange {
    readonly start: number;
    readonly end: number;
    readonly text: string;
}

/** Every character outside of the changes stays. Changes do not overlap. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
    const ordered = [...changes].sort((a, b) => b.start - a.start || b.end - a.end);
    return ordered.reduce(
        (changed, one) => changed.slice(0, one.start) + one.text + changed.slice(one.end),
        text,
    );
}

export function insertion(at: number, text: string): TextChange {
    return { start: at, end: at, text };
}

/** The white space at the beginning of the line that `position` is in. */
export function lineIndent(text: string, position: number): string {
    const start = lineStart(text, position);
    return /^[^\S\r\n]*/.exec(text.slice(start, position))?.[0] ?? '';
}

export function lineStart(text: string, position: number): number {
    return text.lastIndexOf('\n', position - 1) + 1;
}
