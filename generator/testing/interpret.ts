import type {
    Command,
    Condition,
    ForList,
    OnFailure,
    Parameter,
    Redirect,
    ShellFunction,
    SimpleCommand,
    Statement,
    Word,
} from '../sh/ast.ts';
import { matches, valueOfWord } from './interpret-word.ts';

export interface Outcome {
    readonly output: string;
    readonly status: number;
}

interface Frame {
    readonly locals: Map<string, string>;
    readonly args: readonly string[];
}

interface State {
    output: string;
    status: number;
    readonly script: Map<string, string>;
    /** The innermost function's last: scope is dynamic. */
    readonly frames: Frame[];
}

/** How statements end when it is not by running to their end. */
type Leaving = 'break' | 'continue' | 'return' | undefined;

/** Ends a script, or a process of its own within it. */
class Exit extends Error {}

/**
 * Says what a script does, read off its nodes by the rules of POSIX alone: no text, no shell. It
 * knows the programs `true`, `false` and `cat`.
 */
export function interpret(main: readonly Statement[]): Outcome {
    return inProcess({ output: '', status: 0, script: new Map(), frames: [] }, (state) => {
        runAll(main, state);
    });
}

function inProcess(start: State, run: (state: State) => void): Outcome {
    const state: State = {
        output: '',
        status: start.status,
        script: new Map(start.script),
        frames: start.frames.map(({ locals, args }) => ({ locals: new Map(locals), args })),
    };
    try {
        run(state);
    } catch (error) {
        if (!(error instanceof Exit)) {
            throw error;
        }
    }
    return { output: state.output, status: state.status };
}

function runAll(statements: readonly Statement[], state: State): Leaving {
    const effective = statements.filter(({ kind }) => kind !== 'comment' && kind !== 'blank');
    if (effective.length === 0) {
        state.status = 0;
    }
    for (const statement of effective) {
        const leaving = runOne(statement, state);
        if (leaving !== undefined) {
            return leaving;
        }
    }
    return undefined;
}

function runOne(statement: Statement, state: State): Leaving {
    const read = (word: Word): string => valueOfWord(word, lookupIn(state));
    switch (statement.kind) {
        case 'run':
            runCommand(statement.command, state, '');
            return settle(statement.onFailure, state);
        case 'feed': {
            const input = statement.lines.map((line) => `${read(line)}\n`).join('');
            runCommand(statement.command, state, input);
            return settle(statement.onFailure, state);
        }
        case 'print':
            write(state, `${read(statement.line)}\n`, statement.redirects);
            state.status = 0;
            return undefined;
        case 'assign':
            assignIn(state, statement.variable.name, read(statement.value));
            state.status = 0;
            return undefined;
        case 'capture': {
            const inside = inProcess(state, (own) => runCommand(statement.command, own, ''));
            assignIn(state, statement.variable.name, inside.output.replace(/\n+$/, ''));
            state.status = inside.status;
            return settle(statement.onFailure, state);
        }
        case 'if':
            return holds(statement.condition, state)
                ? runAll(statement.then, state)
                : runAll(statement.otherwise, state);
        case 'case': {
            const subject = read(statement.subject);
            const chosen = statement.arms.find(({ patterns }) =>
                patterns.some((pattern) => matches(subject, pattern, lookupIn(state))),
            );
            return runAll(chosen?.body ?? [], state);
        }
        case 'for': {
            const items = itemsOf(statement.list, state);
            const { name } = statement.variable;
            return runLoop(statement.body, state, () => {
                const item = items.shift();
                return item !== undefined && assignIn(state, name, item);
            });
        }
        case 'while':
            return runLoop(statement.body, state, () => holds(statement.condition, state));
        case 'until':
            return runLoop(statement.body, state, () => !holds(statement.condition, state));
        case 'group':
            return runAll(statement.body, state) ?? settle(statement.onFailure, state);
        case 'leave':
            state.status = 'status' in statement ? statement.status : 0;
            if (statement.how === 'exit') {
                throw new Exit();
            }
            return statement.how;
        case 'comment':
        case 'blank':
            return undefined;
        case 'background':
        case 'read-line':
        case 'source':
        case 'stop-on-error':
            throw new Error(`no generated script has a ${statement.kind}`);
    }
}

function runLoop(body: readonly Statement[], state: State, goesOn: () => boolean): Leaving {
    let status = 0;
    while (goesOn()) {
        const leaving = runAll(body, state);
        status = state.status;
        if (leaving === 'break') {
            break;
        }
        if (leaving === 'return') {
            return leaving;
        }
    }
    state.status = status;
    return undefined;
}

function settle(onFailure: OnFailure, state: State): Leaving {
    if (state.status === 0) {
        return undefined;
    }
    switch (onFailure.kind) {
        case 'ignore':
            state.status = 0;
            return undefined;
        case 'handle':
            return runAll(onFailure.statements, state);
        case 'keep':
            assignIn(state, onFailure.status.name, String(state.status));
            state.status = 0;
            return undefined;
        case 'stop':
        case 'settled':
            return undefined;
    }
}

function runCommand(command: Command, state: State, input: string): void {
    if (command.kind !== 'pipeline') {
        runSimple(command, state, input);
        return;
    }
    let last: Outcome = { output: input, status: 0 };
    for (const part of command.commands) {
        const { output } = last;
        last = inProcess(state, (own) => runSimple(part, own, output));
    }
    state.output += last.output;
    state.status = last.status;
}

function runSimple(command: SimpleCommand, state: State, input: string): void {
    const args = command.arguments.map((word) => valueOfWord(word, lookupIn(state)));
    switch (command.kind) {
        case 'print-text':
            write(state, args.join(''), command.redirects);
            state.status = 0;
            break;
        case 'call-program':
            write(state, command.program.name === 'cat' ? input : '', command.redirects);
            state.status = command.program.name === 'false' ? 1 : 0;
            break;
        case 'call-function':
            callFunction(command.function, args, state);
            break;
    }
}

function callFunction(called: ShellFunction, args: readonly string[], state: State): void {
    const locals = new Map(called.locals.map(({ name }) => [name, '']));
    state.frames.push({ locals, args });
    try {
        runAll(called.body, state);
    } finally {
        state.frames.pop();
    }
}

function holds(condition: Condition, state: State): boolean {
    const read = (word: Word): string => valueOfWord(word, lookupIn(state));
    switch (condition.kind) {
        case 'succeeds':
            runCommand(condition.command, state, '');
            return state.status === 0;
        case 'compare':
            return compares(read(condition.left), condition.operator, read(condition.right));
        case 'inspect':
            return (read(condition.word) === '') === (condition.operator === '-z');
        case 'not':
            return !holds(condition.condition, state);
        case 'all':
            return condition.conditions.every((one) => holds(one, state));
        case 'any':
            return condition.conditions.some((one) => holds(one, state));
    }
}

function compares(left: string, operator: string, right: string): boolean {
    const difference = Number(left) - Number(right);
    const results: Readonly<Record<string, boolean>> = {
        '=': left === right,
        '!=': left !== right,
        '-eq': difference === 0,
        '-ne': difference !== 0,
        '-lt': difference < 0,
        '-le': difference <= 0,
        '-gt': difference > 0,
        '-ge': difference >= 0,
    };
    return results[operator] ?? false;
}

function itemsOf(list: ForList, state: State): string[] {
    switch (list.kind) {
        case 'words':
            return list.words.map((word) => valueOfWord(word, lookupIn(state)));
        case 'fields':
            return lookupIn(state)(list.variable)
                .split(/[ \t\n]+/)
                .filter((field) => field !== '');
        case 'paths':
            throw new Error('no generated script looks for paths');
    }
}

function lookupIn(state: State): (parameter: Parameter) => string {
    return (parameter) => {
        switch (parameter.kind) {
            case 'positional':
                return state.frames.at(-1)?.args[Number(parameter.name) - 1] ?? '';
            case 'variable':
                return placeOf(state, parameter.name).get(parameter.name) ?? '';
            case 'process-id':
                throw new Error('no generated script knows its processes');
        }
    };
}

function assignIn(state: State, name: string, value: string): true {
    placeOf(state, name).set(name, value);
    return true;
}

function placeOf(state: State, name: string): Map<string, string> {
    return state.frames.findLast(({ locals }) => locals.has(name))?.locals ?? state.script;
}

function write(state: State, text: string, redirects: readonly Redirect[]): void {
    const away = redirects.some((one) => one.kind === 'duplicate' && one.descriptor === 1);
    state.output += away ? '' : text;
}
