import type {
    Arithmetic,
    CaseArm,
    Command,
    Comparison,
    Condition,
    Inspection,
    OnFailure,
    Pattern,
    Program,
    Redirect,
    ShellFunction,
    Statement,
    Variable,
} from './ast.ts';
import { frozen } from './frozen.ts';
import { type Argument, arithmetic, toWord } from './word.ts';

// --- programs, variables, functions ---

/** A program of the root, which the hook copies into the initrd with its libraries. */
export function rootProgram(path: `/${string}`): Program {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return frozen<Program>({ kind: 'program', name, source: 'root', path });
}

/** An applet of busybox, under the name that initramfs-tools links it to. */
export function busyboxApplet(name: string): Program {
    return frozen<Program>({ kind: 'program', name, source: 'busybox' });
}

/** A program that every initramfs of the target has. */
export function initramfsProgram(name: string): Program {
    return frozen<Program>({ kind: 'program', name, source: 'initramfs' });
}

/** A builtin of the shell. */
export function builtin(name: string): Program {
    return frozen<Program>({ kind: 'program', name, source: 'builtin' });
}

/** A function that the target's own library defines. */
export function targetFunction(name: string): Program {
    return frozen<Program>({ kind: 'program', name, source: 'target' });
}

export function variable(name: string, scope: Variable['scope']): Variable {
    return frozen<Variable>({ kind: 'variable', name, scope });
}

/** `$1` to `$9` of the function that is being defined. */
export function argumentOf(position: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9): Variable {
    return variable(String(position), 'argument');
}

/** @param contract what it does, sets and returns: the comment above it, a line an entry. */
export function defineFunction(
    name: string,
    contract: readonly string[],
    body: readonly Statement[],
    locals: readonly Variable[] = [],
): ShellFunction {
    return frozen<ShellFunction>({ kind: 'shell-function', name, contract, locals, body });
}

// --- commands ---

export function command(
    what: Program | ShellFunction,
    args: readonly Argument[] = [],
    redirects: readonly Redirect[] = [],
): Command {
    const common = { arguments: args.map(toWord), redirects };
    return what.kind === 'program'
        ? frozen<Command>({ kind: 'call-program', program: what, ...common })
        : frozen<Command>({ kind: 'call-function', function: what, ...common });
}

/** Its status is that of the last command. */
export function pipeline(...commands: readonly Command[]): Command {
    return frozen<Command>({ kind: 'pipeline', commands });
}

export function from(file: Argument): Redirect {
    return frozen<Redirect>({ kind: 'input', file: toWord(file) });
}

export function to(file: Argument): Redirect {
    return frozen<Redirect>({ kind: 'output', descriptor: 1, file: toWord(file), append: false });
}

export function appendTo(file: Argument): Redirect {
    return frozen<Redirect>({ kind: 'output', descriptor: 1, file: toWord(file), append: true });
}

export function errorsTo(file: Argument): Redirect {
    return frozen<Redirect>({ kind: 'output', descriptor: 2, file: toWord(file), append: false });
}

/** `2>&1` */
export const errorsToOutput: Redirect = Object.freeze({
    kind: 'duplicate',
    descriptor: 2,
    onto: 1,
});

/** `>&2` */
export const outputToErrors: Redirect = Object.freeze({
    kind: 'duplicate',
    descriptor: 1,
    onto: 2,
});

// --- failure policies ---

/** Go on. @param why it does not matter: a comment in the script. */
export function ignore(why: string): OnFailure {
    return frozen<OnFailure>({ kind: 'ignore', why });
}

export function orElse(...statements: readonly Statement[]): OnFailure {
    return frozen<OnFailure>({ kind: 'handle', statements });
}

/** The script ends, since `set -e` is in force. */
export const orStop: OnFailure = Object.freeze({ kind: 'stop' });

// --- statements ---

export function run(what: Command, onFailure: OnFailure): Statement {
    return frozen<Statement>({ kind: 'run', command: what, onFailure });
}

/** Calls a function whose contract says that it settles its failures itself. */
export function perform(what: ShellFunction, ...args: readonly Argument[]): Statement {
    return frozen<Statement>({
        kind: 'run',
        command: command(what, args),
        onFailure: { kind: 'settled' },
    });
}

/** Prints a line; data never becomes the format of printf. */
export function print(line: Argument, ...redirects: readonly Redirect[]): Statement {
    return frozen<Statement>({ kind: 'print', line: toWord(line), redirects });
}

export function assign(target: Variable, value: Argument): Statement {
    return frozen<Statement>({ kind: 'assign', variable: target, value: toWord(value) });
}

/** Sets the variable to what the command prints, without final newlines. */
export function capture(target: Variable, what: Command, onFailure: OnFailure): Statement {
    return frozen<Statement>({ kind: 'capture', variable: target, command: what, onFailure });
}

/** Sets the variable to the first line of the file, without a child process. */
export function readLine(target: Variable, file: Argument, onFailure: OnFailure): Statement {
    return frozen<Statement>({
        kind: 'read-line',
        variable: target,
        file: toWord(file),
        onFailure,
    });
}

export function when(
    condition: Condition,
    then: readonly Statement[],
    otherwise: readonly Statement[] = [],
): Statement {
    return frozen<Statement>({ kind: 'if', condition, then, otherwise });
}

export function choose(subject: Argument, arms: readonly CaseArm[]): Statement {
    return frozen<Statement>({ kind: 'case', subject: toWord(subject), arms });
}

export function arm(patterns: Pattern | readonly Pattern[], body: readonly Statement[]): CaseArm {
    return frozen<CaseArm>({ patterns: 'kind' in patterns ? [patterns] : patterns, body });
}

/** For each path that matches. Where none does, the shell gives the pattern itself: test for it. */
export function forEachPath(item: Variable, paths: Pattern, body: readonly Statement[]): Statement {
    return frozen<Statement>({ kind: 'for', variable: item, list: [paths], body });
}

export function forEachWord(
    item: Variable,
    words: readonly Argument[],
    body: readonly Statement[],
): Statement {
    return frozen<Statement>({ kind: 'for', variable: item, list: words.map(toWord), body });
}

/** For each field of a variable, split at white space: only for text that cannot hold a glob. */
export function forEachField(
    item: Variable,
    text: Variable,
    body: readonly Statement[],
): Statement {
    return frozen<Statement>({
        kind: 'for',
        variable: item,
        list: [{ kind: 'fields', variable: text }],
        body,
    });
}

export function repeatWhile(condition: Condition, body: readonly Statement[]): Statement {
    return frozen<Statement>({ kind: 'while', condition, body });
}

export function repeatUntil(condition: Condition, body: readonly Statement[]): Statement {
    return frozen<Statement>({ kind: 'until', condition, body });
}

export function group(body: readonly Statement[], ...redirects: readonly Redirect[]): Statement {
    return frozen<Statement>({ kind: 'group', body, redirects });
}

export const breakLoop: Statement = Object.freeze({ kind: 'leave', how: 'break' });
export const nextTurn: Statement = Object.freeze({ kind: 'leave', how: 'continue' });

export function returnWith(status: number): Statement {
    return frozen<Statement>({ kind: 'leave', how: 'return', status });
}

export function exitWith(status: number): Statement {
    return frozen<Statement>({ kind: 'leave', how: 'exit', status });
}

export function comment(...lines: readonly string[]): Statement {
    return frozen<Statement>({ kind: 'comment', lines });
}

export const blank: Statement = Object.freeze({ kind: 'blank' });

/** `set -e`, for hooks. */
export const stopOnError: Statement = Object.freeze({ kind: 'stop-on-error' });

/** `. file`: a library of the target, never something that arrived at boot. */
export function sourceLibrary(file: `/${string}`): Statement {
    return frozen<Statement>({ kind: 'source', file });
}

// --- conditions ---

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

export function not(condition: Condition): Condition {
    return frozen<Condition>({ kind: 'not', condition });
}

export function all(...conditions: readonly Condition[]): Condition {
    return frozen<Condition>({ kind: 'all', conditions });
}

export function any(...conditions: readonly Condition[]): Condition {
    return frozen<Condition>({ kind: 'any', conditions });
}

// --- arithmetic ---

/** `counter=$((counter + amount))` */
export function increase(counter: Variable, amount = 1): Statement {
    const left: Arithmetic = { kind: 'value-of', variable: counter };
    const right: Arithmetic = { kind: 'number', value: amount };
    return assign(counter, arithmetic({ kind: 'binary', operator: '+', left, right }));
}
