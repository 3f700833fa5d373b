import type { CaseArm, Condition, Pattern, Statement, Variable } from './ast.ts';
import { frozen } from './frozen.ts';
import { comment } from './statement.ts';
import { type Argument, toWord } from './word.ts';

/** An `otherwise` that is one `when` prints as `elif`. */
export function when(
    condition: Condition,
    then: readonly Statement[],
    otherwise: readonly Statement[] = [],
): Statement {
    return frozen<Statement>({ kind: 'if', condition, then, otherwise });
}

/** The first arm with a pattern that matches the subject runs; where none does, nothing. */
export function choose(subject: Argument, arms: readonly CaseArm[]): Statement {
    if (arms.length === 0) {
        throw new RangeError('a choice needs an arm');
    }
    return frozen<Statement>({ kind: 'case', subject: toWord(subject), arms });
}

export function arm(patterns: Pattern | readonly Pattern[], body: readonly Statement[]): CaseArm {
    const list = 'kind' in patterns ? [patterns] : patterns;
    if (list.length === 0) {
        throw new RangeError('an arm needs a pattern');
    }
    return frozen<CaseArm>({ patterns: list, body });
}

/** For each path that matches. Where none does, the shell gives the pattern itself: test for it. */
export function forEachPath(item: Variable, paths: Pattern, body: readonly Statement[]): Statement {
    return frozen<Statement>({
        kind: 'for',
        variable: item,
        list: { kind: 'paths', pattern: paths },
        body,
    });
}

/** For each of the words; with none of them, nothing is printed. */
export function forEachWord(
    item: Variable,
    words: readonly Argument[],
    body: readonly Statement[],
): Statement {
    return words.length === 0
        ? comment()
        : frozen<Statement>({
              kind: 'for',
              variable: item,
              list: { kind: 'words', words: words.map(toWord) },
              body,
          });
}

/** For each field of a variable, split at white space. A `*` in it stays a `*`. */
export function forEachField(
    item: Variable,
    text: Variable,
    body: readonly Statement[],
): Statement {
    return frozen<Statement>({
        kind: 'for',
        variable: item,
        list: { kind: 'fields', variable: text },
        body,
    });
}

export function repeatWhile(condition: Condition, body: readonly Statement[]): Statement {
    return frozen<Statement>({ kind: 'while', condition, body });
}

export function repeatUntil(condition: Condition, body: readonly Statement[]): Statement {
    return frozen<Statement>({ kind: 'until', condition, body });
}

export const breakLoop: Statement = frozen<Statement>({ kind: 'leave', how: 'break' });
export const nextTurn: Statement = frozen<Statement>({ kind: 'leave', how: 'continue' });
