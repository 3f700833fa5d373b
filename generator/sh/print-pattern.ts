import type { Pattern, PatternPart } from './ast.ts';
import { quoteInExpansion, quoteLiteral } from './quote.ts';

/** Prints a pattern for `case` and for the list of a `for`. */
export function printPattern({ parts }: Pattern): string {
    return parts.length === 0
        ? quoteLiteral('')
        : parts
              .map((part, index) =>
                  part.kind === 'text' ? printText(part.text, index) : printMatching(part),
              )
              .join('');
}

/** Prints a pattern with the operator before it, for `${x#…}` in double quotes. */
export function printPatternBehind(operator: string, { parts }: Pattern): string {
    const printed = parts.map((part) =>
        part.kind === 'text' ? quoteInExpansion(part.text) : printMatching(part),
    );
    const text = printed.join('');
    // A pattern that begins with the sign of the operator would make the longer operator of it.
    return text.startsWith(operator.charAt(0)) ? `${operator}\\${text}` : `${operator}${text}`;
}

function printText(text: string, index: number): string {
    // Behind the beginning of a word, a bare = is no grammar to any shell.
    return index > 0 && text === '=' ? '=' : quoteLiteral(text);
}

function printMatching(part: Exclude<PatternPart, { kind: 'text' }>): string {
    switch (part.kind) {
        case 'expand':
            return `"$${part.parameter.name}"`;
        case 'any-string':
            return '*';
        case 'any-character':
            return '?';
        case 'bracket':
            return `[${part.negated ? '!' : ''}${part.characters}]`;
    }
}
