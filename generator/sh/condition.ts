import type { Command, Comparison, Condition, Inspection } from './ast.ts';
import { frozen } from './frozen.ts';
import { type Argument, toWord } from './word.ts';

export function succeeds(what: Command): Condition {
    return frozen<Condition>({ kind: 'succeeds', command: what });
}

export function compare(left: Argument, operator: Comparison, right: Argument): Condition {
    return frozen<Condition>({
        kind: 'compare',
        operator,
        left: toWord(left),
        right: toWord(right),
    });
}

export function inspect(operator: Inspection, subject: Argument): Condition {
    return frozen<Condition>({ kind: 'inspect', operator, word: toWord(subject) });
}

/** Of a condition that is negated already, the condition: the shell has no `! !`. */
export function not(condition: Condition): Condition {
    return condition.kind === 'not'
        ? condition.condition
        : frozen<Condition>({ kind: 'not', condition });
}

export function all(...conditions: readonly Condition[]): Condition {
    return joined('all', conditions);
}

export function any(...conditions: readonly Condition[]): Condition {
    return joined('any', conditions);
}

function joined(kind: 'all' | 'any', conditions: readonly Condition[]): Condition {
    const flat = conditions.flatMap((one) => (one.kind === kind ? one.conditions : [one]));
    const [first, ...others] = flat;
    if (first === undefined) {
        throw new RangeError(`"${kind}" of no conditions says nothing`);
    }
    return others.length === 0 ? first : frozen<Condition>({ kind, conditions: flat });
}
