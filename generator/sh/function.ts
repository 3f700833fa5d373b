import type { Positional, ProcessId, ShellFunction, Statement, Variable } from './ast.ts';
import { frozen } from './frozen.ts';
import { builtinNames, reservedWords } from './reserved-words.ts';

/** @throws RangeError for what no shell takes for the name of a variable (POSIX.1-2017, 3.235). */
export function variable(name: string, scope: Variable['scope']): Variable {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || name === '_') {
        throw new RangeError(`${JSON.stringify(name)} is not a name for a shell variable`);
    }
    return frozen<Variable>({ kind: 'variable', name, scope });
}

/** `$1` to `$9` of the function that is being defined. */
export function argumentOf(position: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9): Positional {
    return frozen<Positional>({ kind: 'positional', name: String(position) });
}

/** `$$`: the process of the script, in each process of its own that it starts too. */
export const scriptProcess = frozen<ProcessId>({ kind: 'process-id', name: '$' });

/** `$!`: the process that was started in the background last, by this one or before it began. */
export const lastInBackground = frozen<ProcessId>({ kind: 'process-id', name: '!' });

/**
 * Defines a function. It can call functions that exist already, so it never calls itself: every
 * emitted script ends its recursion before it begins.
 *
 * @param contract what it does, sets and returns: the comment above it, a line an entry.
 * @param locals variables that begin empty each time it is called.
 */
export function defineFunction(
    name: string,
    contract: readonly string[],
    body: readonly Statement[],
    locals: readonly Variable[] = [],
): ShellFunction {
    if (!/^[a-z_][a-z0-9_]*$/.test(name) || reservedWords.has(name) || builtinNames.has(name)) {
        throw new RangeError(`${JSON.stringify(name)} is not a name for a shell function`);
    }
    const wrong = locals.find(({ scope }) => scope !== 'local');
    if (wrong !== undefined) {
        throw new RangeError(`${wrong.name} is no local variable`);
    }
    return frozen<ShellFunction>({ kind: 'shell-function', name, contract, locals, body });
}
