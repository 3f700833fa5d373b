import type { Arithmetic, Expansion, Parameter, Word, WordPart } from './ast.ts';
import { printPatternBehind } from './print-pattern.ts';
import { escapeInDoubleQuotes, escapeInHereDocument, quoteLiteral } from './quote.ts';

/** Prints one word: literal where it holds data alone, else in double quotes. */
export function printWord(word: Word): string {
    return isLiteral(word)
        ? quoteLiteral(literalOf(word))
        : `"${printParts(word, escapeInDoubleQuotes)}"`;
}

/** Prints what stands behind the `=` of an assignment, where nothing is split. */
export function printAssigned(word: Word): string {
    const [only, ...others] = word.parts;
    return only?.kind === 'arithmetic' && others.length === 0
        ? `$((${printArithmetic(only.expression)}))`
        : printWord(word);
}

/** Prints a line of a here-document with expansions in it. */
export function printInHereDocument(word: Word): string {
    return printParts(word, escapeInHereDocument);
}

/** Whether the word is the same whatever the variables hold. */
export function isLiteral(word: Word): boolean {
    return word.parts.every((part) => literalText(part) !== undefined);
}

/** The data of a literal word. */
export function literalOf(word: Word): string {
    return word.parts.map(literalText).join('');
}

export function printArithmetic(expression: Arithmetic): string {
    switch (expression.kind) {
        case 'number':
            return String(expression.value);
        case 'value-of':
            return expression.variable.name;
        case 'binary':
            return `${printOperand(expression.left)} ${expression.operator} ${printOperand(expression.right)}`;
    }
}

function printOperand(operand: Arithmetic): string {
    const isSimple =
        operand.kind === 'value-of' || (operand.kind === 'number' && operand.value >= 0);
    return isSimple ? printArithmetic(operand) : `(${printArithmetic(operand)})`;
}

function printParts({ parts }: Word, escapeText: (text: string) => string): string {
    return parts
        .map((part, index) => {
            const text = literalText(part);
            return text === undefined
                ? printChanging(part, lengthensName(parts[index + 1]))
                : escapeText(text);
        })
        .join('');
}

function printChanging(part: WordPart, needsBraces: boolean): string {
    switch (part.kind) {
        case 'expand':
            return part.expansion === undefined
                ? printParameter(part.parameter, needsBraces)
                : `\${${printExpansion(part.parameter, part.expansion)}}`;
        case 'arithmetic':
            return `$((${printArithmetic(part.expression)}))`;
        case 'text':
        case 'module':
        case 'file':
            return '';
    }
}

function printParameter({ name }: Parameter, needsBraces: boolean): string {
    return needsBraces ? `\${${name}}` : `$${name}`;
}

function printExpansion({ name }: Parameter, expansion: Expansion): string {
    switch (expansion.operator) {
        case 'remove-shortest-prefix':
            return name + printPatternBehind('#', expansion.pattern);
        case 'remove-longest-prefix':
            return name + printPatternBehind('##', expansion.pattern);
        case 'remove-shortest-suffix':
            return name + printPatternBehind('%', expansion.pattern);
        case 'remove-longest-suffix':
            return name + printPatternBehind('%%', expansion.pattern);
        case 'required':
            return `${name}:?`;
        case 'length':
            return `#${name}`;
        case 'default':
            return `${name}:-${escapeInBraces(expansion.text)}`;
        case 'alternative':
            return `${name}:+${escapeInBraces(expansion.text)}`;
    }
}

/**
 * Prints the text behind `:-`, inside double quotes. A brace would end the expansion. Readers of
 * shell lose count of a lone quote in there, so it gets quotes of its own; the rest does not, since
 * bash would expand `{a,b}` in those. It also starts a process for `<(`, even in its POSIX mode:
 * something has to stand between the two characters.
 */
function escapeInBraces(text: string): string {
    return escapeInDoubleQuotes(text)
        .replaceAll('}', '\\}')
        .replaceAll("'", `"'"`)
        .replaceAll(/[<>](?=\()/g, '$&""');
}

function literalText(part: WordPart): string | undefined {
    switch (part.kind) {
        case 'text':
            return part.text;
        case 'module':
            return part.name;
        case 'file':
            return part.path;
        case 'expand':
        case 'arithmetic':
            return undefined;
    }
}

/** `$name` needs braces before text that would lengthen the name, and before `[`, for the reader's sake. */
function lengthensName(next: WordPart | undefined): boolean {
    const text = next === undefined ? undefined : literalText(next);
    return text !== undefined && /^[A-Za-z0-9_[]/.test(text);
}
