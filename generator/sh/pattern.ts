import type { Parameter, Pattern, PatternPart } from './ast.ts';
import { frozen } from './frozen.ts';

/**
 * A shell pattern: text is literal, in the template and as a value; `anyString`, `anyCharacter`,
 * `oneOf` and `noneOf` match; what a variable holds is literal too.
 *
 * @example pattern`/sys/class/net/${anyString}` prints /sys/class/net/*
 */
export function pattern(
    text: TemplateStringsArray,
    ...values: readonly (PatternPart | Parameter | string)[]
): Pattern {
    const parts: PatternPart[] = [];
    text.forEach((literal, index) => {
        addText(parts, literal);
        const value = values[index];
        if (typeof value === 'string') {
            addText(parts, value);
        } else if (
            value?.kind === 'variable' ||
            value?.kind === 'positional' ||
            value?.kind === 'process-id'
        ) {
            parts.push(frozen<PatternPart>({ kind: 'expand', parameter: value }));
        } else if (value !== undefined) {
            parts.push(value);
        }
    });
    return frozen<Pattern>({ kind: 'pattern', parts });
}

/** `*`: any string, the empty one included. */
export const anyString: PatternPart = frozen<PatternPart>({ kind: 'any-string' });

/** `?`: one character. */
export const anyCharacter: PatternPart = frozen<PatternPart>({ kind: 'any-character' });

/** `[…]`: one of the characters, or of the ranges such as `0-9`. */
export function oneOf(characters: string): PatternPart {
    return bracket(characters, false);
}

/** `[!…]`: one character that is none of these. */
export function noneOf(characters: string): PatternPart {
    return bracket(characters, true);
}

function bracket(characters: string, negated: boolean): PatternPart {
    // Brackets have grammar of their own (classes, collation); what boot scripts match needs none.
    const ranges = [...characters.matchAll(/(.)-(.)/g)];
    const ascending = ranges.every(([, first = '', last = '']) => first < last);
    if (!/^[A-Za-z0-9_/%-][A-Za-z0-9_.:/%+=@-]*$/.test(characters) || !ascending) {
        throw new RangeError(`${JSON.stringify(characters)} does not go into a bracket expression`);
    }
    return frozen<PatternPart>({ kind: 'bracket', characters, negated });
}

function addText(parts: PatternPart[], text: string): void {
    const last = parts.at(-1);
    if (last?.kind === 'text') {
        parts[parts.length - 1] = frozen<PatternPart>({ kind: 'text', text: last.text + text });
    } else if (text !== '') {
        parts.push(frozen<PatternPart>({ kind: 'text', text }));
    }
}
