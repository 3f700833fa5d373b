import type {
    Command,
    DescriptorRedirect,
    FileRedirect,
    OnFailure,
    Program,
    Redirect,
    ShellFunction,
    SimpleCommand,
    Statement,
    Variable,
} from './ast.ts';
import { checkOrder, command } from './command.ts';
import { frozen } from './frozen.ts';
import { keep, settled } from './policy.ts';
import { type Argument, arithmetic, calculate, toWord } from './word.ts';

export function run(what: Command, onFailure: OnFailure): Statement {
    return frozen<Statement>({ kind: 'run', command: what, onFailure });
}

/** Runs the command and sets the variable to its exit status, for programs that tell more than yes or no. */
export function runForStatus(status: Variable, what: Command): readonly [Statement, Statement] {
    return [assign(status, 0), run(what, keep(status))];
}

/** Calls a function whose contract says that it settles its failures itself. */
export function perform(what: ShellFunction, ...args: readonly Argument[]): Statement {
    return run(command(what, args), settled);
}

/**
 * Calls a function in a process of its own, while the script goes on: `deadline &`. Nobody asks how it
 * ends, so its contract says that it settles its failures itself; what it assigns is lost.
 */
export function performInBackground(what: ShellFunction, ...args: readonly Argument[]): Statement {
    return runInBackground(command(what, args));
}

/** The same for a program, or with redirects. What has to end it finds its process in `lastInBackground`. */
export function runInBackground(what: SimpleCommand): Statement {
    return frozen<Statement>({ kind: 'background', command: what });
}

/**
 * Gives the lines to a command on its standard input: a here-document.
 *
 * @throws RangeError for a line with `${x:-…}` or `${x#…}`: what quotes mean in there differs between
 * shells, so it has to be put into a variable first.
 */
export function feed(
    what: Program | ShellFunction,
    args: readonly Argument[],
    lines: readonly Argument[],
    onFailure: OnFailure,
): Statement {
    const words = lines.map(toWord);
    const parts = words.flatMap((word) => word.parts);
    if (parts.some((part) => part.kind === 'expand' && part.expansion !== undefined)) {
        throw new RangeError('a here-document cannot change what it expands');
    }
    return frozen<Statement>({
        kind: 'feed',
        command: command(what, args),
        lines: words,
        onFailure,
    });
}

/**
 * Prints a line; data never becomes the format of printf. It has no failure policy: if the console
 * is closed, there is nobody left to tell.
 */
export function print(line: Argument, ...redirects: readonly DescriptorRedirect[]): Statement {
    return frozen<Statement>({ kind: 'print', line: toWord(line), redirects, onFailure: settled });
}

/** Prints a line into a file, which can fail: the file system may be full or not there. */
export function printTo(file: FileRedirect, line: Argument, onFailure: OnFailure): Statement {
    return frozen<Statement>({ kind: 'print', line: toWord(line), redirects: [file], onFailure });
}

export function assign(target: Variable, value: Argument): Statement {
    return frozen<Statement>({ kind: 'assign', variable: target, value: toWord(value) });
}

/** `counter=$((counter + amount))` */
export function increase(counter: Variable, amount = 1): Statement {
    return assign(counter, arithmetic(calculate(counter, '+', amount)));
}

/** Sets the variable to what the command prints, without final newlines. */
export function capture(target: Variable, what: Command, onFailure: OnFailure): Statement {
    return frozen<Statement>({ kind: 'capture', variable: target, command: what, onFailure });
}

/**
 * Sets the variable to the first line of the file, without a child process. A file that does not
 * end its first line counts as a failure, as one that is not there; the variable is then set to
 * what there was, or left alone.
 */
export function readLine(target: Variable, file: Argument, onFailure: OnFailure): Statement {
    return frozen<Statement>({
        kind: 'read-line',
        variable: target,
        file: toWord(file),
        onFailure,
    });
}

/** Statements that belong together: what `orElse` and `when` take as a list needs none. */
export function group(...body: readonly [Statement, ...Statement[]]): Statement {
    return frozen<Statement>({ kind: 'group', body, redirects: [], onFailure: settled });
}

/**
 * Statements whose output goes to a file, or whose input comes from one. Where the file cannot be
 * opened none of them runs, and that is a failure, as is one of the last statement.
 */
export function redirected(
    body: readonly [Statement, ...Statement[]],
    redirects: readonly [Redirect, ...Redirect[]],
    onFailure: OnFailure,
): Statement {
    checkOrder(redirects);
    return frozen<Statement>({ kind: 'group', body, redirects, onFailure });
}

/** @param status 0 to 255, of which 126 and above have meanings of their own (2.8.2). */
export function returnWith(status: number): Statement {
    checkStatus(status);
    return frozen<Statement>({ kind: 'leave', how: 'return', status });
}

export function exitWith(status: number): Statement {
    checkStatus(status);
    return frozen<Statement>({ kind: 'leave', how: 'exit', status });
}

export function comment(...lines: readonly string[]): Statement {
    return frozen<Statement>({ kind: 'comment', lines });
}

export const blank: Statement = frozen<Statement>({ kind: 'blank' });

/** `set -e`, for hooks. */
export const stopOnError: Statement = frozen<Statement>({ kind: 'stop-on-error' });

/** `. file`: a library of the target, never something that arrived at boot. */
export function sourceLibrary(file: `/${string}`): Statement {
    return frozen<Statement>({ kind: 'source', file });
}

function checkStatus(status: number): void {
    if (!Number.isInteger(status) || status < 0 || status > 255) {
        throw new RangeError(`${status} is not an exit status`);
    }
}
