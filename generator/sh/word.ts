import type {
    Arithmetic,
    ArithmeticOperator,
    Expansion,
    Parameter,
    Variable,
    Word,
    WordPart,
} from './ast.ts';
import { frozen } from './frozen.ts';

export { anyCharacter, anyString, noneOf, oneOf, pattern } from './pattern.ts';

/** What may stand where a word is asked for. A string or a number is data: it is always quoted. */
export type Argument = string | number | Word | Parameter;

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

/** @throws RangeError for a number that is not finite: it has no text that a program would know. */
export function toWord(value: Argument): Word {
    if (typeof value === 'number' && !Number.isFinite(value)) {
        throw new RangeError(`${value} does not go into a script`);
    }
    if (typeof value === 'string' || typeof value === 'number') {
        return fromParts([{ kind: 'text', text: String(value) }]);
    }
    return value.kind === 'word' ? value : fromParts([{ kind: 'expand', parameter: value }]);
}

/** The parameter with a change on the way: a prefix or suffix removed, or a text where it is empty. */
export function expand(parameter: Parameter, expansion: Expansion): Word {
    return fromParts([{ kind: 'expand', parameter, expansion }]);
}

/** An operand of {@link calculate}. A variable must hold an integer: the shell stops otherwise. */
export type Operand = number | Variable | Arithmetic;

/** `left operator right`, to be put into a word with {@link arithmetic}. */
export function calculate(left: Operand, operator: ArithmeticOperator, right: Operand): Arithmetic {
    const operands = { left: toArithmetic(left), right: toArithmetic(right) };
    return frozen<Arithmetic>({ kind: 'binary', operator, ...operands });
}

/** `$((…))`. */
export function arithmetic(expression: Arithmetic): Word {
    return fromParts([{ kind: 'arithmetic', expression }]);
}

function toArithmetic(operand: Operand): Arithmetic {
    if (typeof operand !== 'number') {
        return operand.kind === 'variable'
            ? frozen<Arithmetic>({ kind: 'value-of', variable: operand })
            : operand;
    }
    // The most that every shell has: mksh calculates with 32 bits.
    if (!Number.isInteger(operand) || Math.abs(operand) > 0x7fff_ffff) {
        throw new RangeError(`${operand} is not a number for the shell's arithmetic`);
    }
    return frozen<Arithmetic>({ kind: 'number', value: operand });
}

/** The name of a kernel module, which thereby has to be in the initrd. */
export function moduleName(name: string): Word {
    return fromParts([{ kind: 'module', name }]);
}

/** The name of a kernel module that goes into the initrd if the kernel has it. */
export function optionalModule(name: string): Word {
    return fromParts([{ kind: 'module', name, optional: true }]);
}

/** The path of a file of the root, which thereby has to be in the initrd at the same path. */
export function carriedFile(path: `/${string}`): Word {
    return fromParts([{ kind: 'file', path }]);
}

function fromParts(parts: readonly WordPart[]): Word {
    const joined: WordPart[] = [];
    for (const part of parts) {
        const last = joined.at(-1);
        if (part.kind === 'text' && last?.kind === 'text') {
            joined[joined.length - 1] = { kind: 'text', text: last.text + part.text };
        } else if (part.kind !== 'text' || part.text !== '') {
            joined.push(part);
        }
    }
    return frozen<Word>({ kind: 'word', parts: joined });
}
