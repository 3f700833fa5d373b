import type { Pattern, PatternPart } from './ast.ts';
import { quoteLiteral } from './quote.ts';

/**
 * Prints a pattern. What it does not match by is quoted as in any word; quotes mean the same inside
 * `${x#…}`, also where that stands in double quotes itself (POSIX.1-2017, 2.6.2).
 */
export function printPattern({ parts }: Pattern): string {
    return parts.length === 0
        ? quoteLiteral('')
        : parts.map((part, index) => printPatternPart(part, index > 0)).join('');
}

/** Prints a pattern behind an operator that could be lengthened: `%` would make `%%` of it. */
export function printPatternBehind(operator: string, pattern: Pattern): string {
    const [first] = pattern.parts;
    const printed = printPattern(pattern);
    return first?.kind === 'text' && printed.startsWith(operator.charAt(0))
        ? `${operator}'${operator.charAt(0)}'${printed.slice(1)}`
        : `${operator}${printed}`;
}

function printPatternPart(part: PatternPart, isInside: boolean): string {
    switch (part.kind) {
        case 'text':
            // Behind the beginning of a word, a bare = is no grammar to any shell.
            return isInside && part.text === '=' ? '=' : quoteLiteral(part.text);
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
