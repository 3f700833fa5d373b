import type { ShellFunction, Statement } from '../sh/ast.ts';
import {
    argumentOf,
    assign,
    builtin,
    busyboxApplet,
    command,
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
    whenTerminated,
} from '../sh/build.ts';
import type { Argument } from '../sh/word.ts';

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

/** Ends a process of the script in the background, and waits until it is gone. */
function end(process: Argument) {
    return [
        run(
            command(kill, [process], [errorsTo('/dev/null')]),
            ignore('it may have ended by itself'),
        ),
        // Shells say "Terminated" of a process that had not come to its trap yet.
        run(command(wait, [process], [errorsTo('/dev/null')]), ignore('how it ended says nothing')),
    ] as const;
}

/** Without this the process ends, and its sleep goes on. */
const stopTelling = defineFunction(
    'stop_telling',
    ['stop_telling: ends the process that tells, and the sleep that it waits for.'],
    [...end(lastInBackground), exitWith(0)],
);

/** The first one of a process makes it one that ends as a whole. */
export const waitToTell = defineFunction(
    'wait_to_tell',
    ['wait_to_tell SECONDS: sleeps, in the process that tells; that ends when it is told to.'],
    [
        whenTerminated(stopTelling),
        runInBackground(command(sleep, [argumentOf(1)])),
        run(command(wait, [lastInBackground]), orElse(exitWith(0))),
    ],
);

/** Goes on for as long as the script: who ends that so that it cannot end this has it end by itself. */
export function whileScriptRuns(body: readonly Statement[]): Statement {
    return repeatWhile(succeeds(command(kill, ['-0', scriptProcess])), body);
}

const endTelling = defineFunction(
    'end_telling',
    ['end_telling: ends the process that tells, since what it tells of is over.'],
    end(teller),
);

/**
 * Does something that may wait for long, while a process beside it tells what for. None of that may end
 * the boot, since the process would outlive it.
 *
 * @param tell tells it, with {@link waitToTell} in {@link whileScriptRuns}. It has no output but on the
 * consoles, which it opens for a line each, so it keeps nothing open.
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
