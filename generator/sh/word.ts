import type {
    Arithmetic,
    Expansion,
    Pattern,
    PatternPart,
    Variable,
    Word,
    WordPart,
} from './ast.ts';
import { frozen } from './frozen.ts';

/** What may stand where a word is asked for. A string or a number is data: it is always quoted. */
export type Argument = string | number | Word | Variable;

/**
 * Joins text and values into one word, which the shell neither splits nor globs.
 *
 * @example word`rbdboot[${step}]: ${text}` prints "rbdboot[$step]: $text"
 */
export function word(text: TemplateStringsArray, ...values: readonly Argument[]): Word {
    const parts: WordPart[] = [];
    text.forEach((literal, index) => {
        parts.push({ kind: 'text', text: literal });
        const value = values[index];
        if (value !== undefined) {
            parts.push(...toWord(value).parts);
        }
    });
    return fromParts(parts);
}

export function toWord(value: Argument): Word {
    if (typeof value === 'string' || typeof value === 'number') {
        return fromParts([{ kind: 'text', text: String(value) }]);
    }
    return value.kind === 'word' ? value : fromParts([{ kind: 'expand', variable: value }]);
}

/** The variable with a change on the way: a prefix or suffix removed, or a text where it is empty. */
export function expand(variable: Variable, expansion: Expansion): Word {
    return fromParts([{ kind: 'expand', variable, expansion }]);
}

/** `$((…))`. */
export function arithmetic(expression: Arithmetic): Word {
    return fromParts([{ kind: 'arithmetic', expression }]);
}

/** The name of a kernel module, which thereby has to be in the initrd. */
export function moduleName(name: string): Word {
    return fromParts([{ kind: 'module', name }]);
}

/** The path of a file of the root, which thereby has to be in the initrd at the same path. */
export function carriedFile(path: `/${string}`): Word {
    return fromParts([{ kind: 'file', path }]);
}

/**
 * A shell pattern: the text of the template is literal, `any`, `one` and brackets come in as values.
 *
 * @example pattern`/sys/class/net/${anyString}` prints /sys/class/net/*
 */
export function pattern(
    text: TemplateStringsArray,
    ...values: readonly (PatternPart | Variable)[]
): Pattern {
    const parts: PatternPart[] = [];
    text.forEach((literal, index) => {
        if (literal !== '') {
            parts.push({ kind: 'text', text: literal });
        }
        const value = values[index];
        if (value !== undefined) {
            parts.push(value.kind === 'variable' ? { kind: 'expand', variable: value } : value);
        }
    });
    return frozen<Pattern>({ kind: 'pattern', parts });
}

/** `*`: any string, the empty one included. */
export const anyString: PatternPart = Object.freeze({ kind: 'any-string' });

/** `[…]`: one of the characters, or of the ranges such as `0-9`. */
export function oneOf(characters: string): PatternPart {
    return bracket(characters, false);
}

/** `[!…]`: one character that is none of these. */
export function noneOf(characters: string): PatternPart {
    return bracket(characters, true);
}

function bracket(characters: string, negated: boolean): PatternPart {
    // Brackets have grammar of their own; what boot scripts match needs none of it.
    if (!/^[A-Za-z0-9_.:/%-]+$/.test(characters)) {
        throw new RangeError(`${JSON.stringify(characters)} does not go into a bracket expression`);
    }
    return Object.freeze({ kind: 'bracket', characters, negated });
}

function fromParts(parts: readonly WordPart[]): Word {
    const joined: WordPart[] = [];
    for (const part of parts) {
        const last = joined.at(-1);
        if (part.kind === 'text' && last?.kind === 'text') {
            joined[joined.length - 1] = { kind: 'text', text: last.text + part.text };
        } else if (part.kind !== 'text' || part.text !== '' || parts.length === 1) {
            joined.push(part);
        }
    }
    return frozen<Word>({ kind: 'word', parts: joined });
}
