import type { Arithmetic, Expansion, Parameter, Pattern, Word } from '../sh/ast.ts';

/** What a parameter holds; the empty string if it is not set. */
export type Lookup = (parameter: Parameter) => string;

/** What POSIX says that a word becomes (POSIX.1-2017, 2.6). */
export function valueOfWord({ parts }: Word, lookup: Lookup): string {
    const values = parts.map((part) => {
        switch (part.kind) {
            case 'text':
                return part.text;
            case 'module':
                return part.name;
            case 'file':
                return part.path;
            case 'arithmetic':
                return String(valueOfArithmetic(part.expression, lookup));
            case 'expand':
                return part.expansion === undefined
                    ? lookup(part.parameter)
                    : expanded(lookup(part.parameter), part.expansion, lookup);
            default:
                throw new Error('a new kind of word part: say here what it means');
        }
    });
    return values.join('');
}

export function valueOfArithmetic(expression: Arithmetic, lookup: Lookup): number {
    switch (expression.kind) {
        case 'number':
            return expression.value;
        case 'value-of':
            return Number(lookup(expression.variable));
        case 'binary': {
            const left = valueOfArithmetic(expression.left, lookup);
            const right = valueOfArithmetic(expression.right, lookup);
            const results = {
                '+': left + right,
                '-': left - right,
                '*': left * right,
                '/': Math.trunc(left / right),
                '%': left % right,
            };
            // No -0: the shell has one zero.
            return results[expression.operator] + 0;
        }
    }
}

/** Whether the whole text matches (POSIX.1-2017, 2.13). */
export function matches(text: string, { parts }: Pattern, lookup: Lookup): boolean {
    const source = parts.map((part) => {
        switch (part.kind) {
            case 'text':
                return literally(part.text);
            case 'expand':
                return literally(lookup(part.parameter));
            case 'any-string':
                return '.*';
            case 'any-character':
                return '.';
            case 'bracket':
                return `[${part.negated ? '^' : ''}${part.characters.replaceAll('/', '\\/')}]`;
            default:
                throw new Error('a new kind of pattern part: say here what it means');
        }
    });
    return new RegExp(`^${source.join('')}$`, 'su').test(text);
}

function expanded(value: string, expansion: Expansion, lookup: Lookup): string {
    switch (expansion.operator) {
        case 'default':
            return value === '' ? expansion.text : value;
        case 'alternative':
            return value === '' ? '' : expansion.text;
        case 'length':
            return String(value.length);
        case 'required':
            throw new Error('the shell would end here: no generated script does that');
        default:
            return removed(value, expansion.operator, expansion.pattern, lookup);
    }
}

type Removal = Extract<Expansion, { readonly pattern: Pattern }>['operator'];

function removed(value: string, operator: Removal, pattern: Pattern, lookup: Lookup): string {
    const fromStart = operator.endsWith('prefix');
    const lengths = Array.from({ length: value.length + 1 }, (_, length) => length);
    const order = operator.includes('longest') ? lengths.reverse() : lengths;
    const cut = order.find((length) => {
        const piece = fromStart ? value.slice(0, length) : value.slice(value.length - length);
        return matches(piece, pattern, lookup);
    });
    if (cut === undefined) {
        return value;
    }
    return fromStart ? value.slice(cut) : value.slice(0, value.length - cut);
}

function literally(text: string): string {
    return text.replaceAll(
        /[\\^$.*+?()[\]{}|/-]/g,
        (sign) => `\\x${sign.charCodeAt(0).toString(16)}`,
    );
}
