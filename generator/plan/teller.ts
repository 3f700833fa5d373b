import type { ShellFunction, Statement, Variable } from '../sh/ast.ts';
import {
    assign,
    builtin,
    busyboxApplet,
    command,
    compare,
    defineFunction,
    errorsTo,
    errorsToOutput,
    exitWith,
    ignore,
    lastInBackground,
    orElse,
    perform,
    repeatWhile,
    run,
    runInBackground,
    scriptProcess,
    succeeds,
    to,
    variable,
    when,
} from '../sh/build.ts';
import { type Argument, arithmetic, calculate } from '../sh/word.ts';

const sleep = busyboxApplet('sleep');
const kill = builtin('kill');
const wait = builtin('wait');

/**
 * Seconds from when something begins to wait to the first word about it, and from one to the next. A
 * lock that a power cut has left behind is there for up to 30 s after the last sign of life, which was
 * before the machine had power again: nobody who waits for that alone need hear of it.
 */
export const tellingSeconds = Object.freeze({ first: 25, next: 60 });

/** The process that tells. A plan keeps this name for itself. */
export const teller = variable('teller', 'script');

/**
 * Not with a request, which a shell comes to when it likes, if ever: busybox' sh once in 250 times after
 * the sleep that it was about to begin. What may be left of it is that sleep, for a second.
 */
const endTelling = defineFunction(
    'end_telling',
    ['end_telling: ends the process that tells, since what it tells of is over.'],
    [
        run(
            command(kill, ['-9', teller], [errorsTo('/dev/null')]),
            ignore('it may have ended by itself'),
        ),
        // Shells say "Killed" of it.
        run(command(wait, [teller], [errorsTo('/dev/null')]), ignore('how it ended says nothing')),
    ],
);

/**
 * The body of a function for {@link whileTelling}: tells when its time has come, and then each minute.
 *
 * @param first seconds to the first word.
 * @param left a local variable: the seconds to the next word.
 * @param look is done each second; it may set `left` anew, where nothing waits.
 */
export function tellInTime(
    first: number,
    left: Variable,
    look: readonly Statement[],
    tell: readonly Statement[],
): readonly Statement[] {
    return [
        assign(left, first),
        // Whoever ends the script so that it cannot end this does not have it go on for ever.
        repeatWhile(succeeds(command(kill, ['-0', scriptProcess])), [
            run(command(sleep, [1]), orElse(exitWith(0))),
            assign(left, arithmetic(calculate(left, '-', 1))),
            ...look,
            when(compare(left, '-le', 0), [...tell, assign(left, tellingSeconds.next)]),
        ]),
    ];
}

/**
 * Does something that may wait for long, while a process beside it tells what for. None of that may end
 * the boot, since the process would outlive it.
 *
 * @param tell has no output but on the consoles, which it opens for a line each, so it keeps nothing open.
 */
export function whileTelling(
    tell: ShellFunction,
    args: readonly Argument[],
    statements: readonly Statement[],
): readonly Statement[] {
    return [
        runInBackground(command(tell, args, [to('/dev/null'), errorsToOutput])),
        assign(teller, lastInBackground),
        ...statements,
        perform(endTelling),
    ];
}
