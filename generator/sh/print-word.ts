import type {
    Arithmetic,
    Expansion,
    Pattern,
    PatternPart,
    Variable,
    Word,
    WordPart,
} from './ast.ts';
import { escapeInDoubleQuotes, quoteLiteral } from './quote.ts';

/** Prints one word: literal where it holds data alone, else in double quotes. */
export function printWord(word: Word): string {
    if (word.parts.every((part) => literalText(part) !== undefined)) {
        return quoteLiteral(word.parts.map(literalText).join(''));
    }
    const printed = word.parts.map((part, index) => {
        const text = literalText(part);
        return text === undefined
            ? printExpansion(part, followedByName(word.parts[index + 1]))
            : escapeInDoubleQuotes(text);
    });
    return `"${printed.join('')}"`;
}

/** Prints what stands behind the `=` of an assignment, where nothing is split. */
export function printAssigned(word: Word): string {
    const [only, ...others] = word.parts;
    return only?.kind === 'arithmetic' && others.length === 0
        ? printExpansion(only, false)
        : printWord(word);
}

/** Prints a pattern for `case` and for the list of a `for`. */
export function printPattern(pattern: Pattern): string {
    return pattern.parts
        .map((part, index) => {
            if (part.kind !== 'text') {
                return printPatternPart(part);
            }
            // Behind the beginning of a word, a bare = is no grammar to any shell.
            return index > 0 && part.text === '=' ? '=' : quoteLiteral(part.text);
        })
        .join('');
}

export function printArithmetic(expression: Arithmetic): string {
    switch (expression.kind) {
        case 'number':
            return String(expression.value);
        case 'value-of':
            return expression.variable.scope === 'argument'
                ? `$${expression.variable.name}`
                : expression.variable.name;
        case 'binary':
            return `${printOperand(expression.left)} ${expression.operator} ${printOperand(expression.right)}`;
    }
}

function printOperand(operand: Arithmetic): string {
    return operand.kind === 'binary' ? `(${printArithmetic(operand)})` : printArithmetic(operand);
}

function literalText(part: WordPart): string | undefined {
    switch (part.kind) {
        case 'text':
            return part.text;
        case 'module':
            return part.name;
        case 'file':
            return part.path;
        default:
            return undefined;
    }
}

function printExpansion(part: WordPart, needsBraces: boolean): string {
    switch (part.kind) {
        case 'expand':
            return part.expansion === undefined
                ? printVariable(part.variable, needsBraces)
                : `\${${part.variable.name}${printOperator(part.expansion)}}`;
        case 'arithmetic':
            return `$((${printArithmetic(part.expression)}))`;
        default:
            return '';
    }
}

function printVariable(variable: Variable, needsBraces: boolean): string {
    return needsBraces ? `\${${variable.name}}` : `$${variable.name}`;
}

function printOperator(expansion: Expansion): string {
    switch (expansion.operator) {
        case 'remove-shortest-prefix':
            return `#${printInnerPattern(expansion.pattern)}`;
        case 'remove-longest-prefix':
            return `##${printInnerPattern(expansion.pattern)}`;
        case 'remove-shortest-suffix':
            return `%${printInnerPattern(expansion.pattern)}`;
        case 'remove-longest-suffix':
            return `%%${printInnerPattern(expansion.pattern)}`;
        case 'required':
            return ':?';
        case 'default':
            return `:-${escapeInDoubleQuotes(expansion.text).replaceAll('}', '\\}')}`;
    }
}

// Inside ${x#…} quotes have their own rules in every shell; a backslash means the same in all.
function printInnerPattern(pattern: Pattern): string {
    return pattern.parts
        .map((part) =>
            part.kind === 'text'
                ? part.text.replaceAll(/[^A-Za-z0-9_@%+:,./= -]/g, '\\$&')
                : printPatternPart(part),
        )
        .join('');
}

function printPatternPart(part: Exclude<PatternPart, { kind: 'text' }>): string {
    switch (part.kind) {
        case 'expand':
            return `"$${part.variable.name}"`;
        case 'any-string':
            return '*';
        case 'any-character':
            return '?';
        case 'bracket':
            return `[${part.negated ? '!' : ''}${part.characters}]`;
    }
}

/** `$name` needs braces before text that would lengthen the name, and before `[`, for the reader's sake. */
function followedByName(next: WordPart | undefined): boolean {
    const text = next === undefined ? undefined : literalText(next);
    return text !== undefined && /^[A-Za-z0-9_[]/.test(text);
}
