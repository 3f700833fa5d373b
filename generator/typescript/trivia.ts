/** What stands between two entries of an object literal. */
export interface Trivia {
    readonly kind: 'newline' | 'space' | 'comma' | 'line-comment' | 'block-comment';
    readonly start: number;
    readonly end: number;
    readonly text: string;
}

const kinds: readonly (readonly [Trivia['kind'], RegExp])[] = [
    ['newline', /\r\n|\n|\r/y],
    ['space', /[^\S\r\n]+/y],
    ['comma', /,/y],
    ['line-comment', /\/\/[^\r\n]*/y],
    ['block-comment', /\/\*[\s\S]*?\*\//y],
];

/**
 * Reads what stands from `start` to `end`, where neither strings nor code can be.
 *
 * @throws Error if there is something else: the positions are wrong.
 */
export function scanTrivia(text: string, start: number, end: number): readonly Trivia[] {
    const found: Trivia[] = [];
    let position = start;
    while (position < end) {
        const next = matchAt(text, position);
        if (next === undefined || next.end > end) {
            throw new Error(
                `not between two entries: ${JSON.stringify(text.slice(position, end))}`,
            );
        }
        found.push(next);
        position = next.end;
    }
    return found;
}

function matchAt(text: string, position: number): Trivia | undefined {
    for (const [kind, pattern] of kinds) {
        pattern.lastIndex = position;
        const match = pattern.exec(text);
        if (match !== null) {
            const [found] = match;
            return { kind, start: position, end: position + found.length, text: found };
        }
    }
    return undefined;
}
