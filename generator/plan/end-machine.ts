import type { Statement } from '../sh/ast.ts';
import {
    arm,
    assign,
    busyboxApplet,
    choose,
    command,
    defineFunction,
    exitWith,
    ignore,
    initramfsProgram,
    perform,
    repeatUntil,
    run,
    succeeds,
    variable,
} from '../sh/build.ts';
import { pattern, word } from '../sh/word.ts';
import { ending, reportVariables, showFailure } from './report.ts';

/** What the machine was asked to end with: `poweroff`, `reboot`, `halt` or `kexec`. */
export const verb = variable('verb', 'script');

const poweroff = initramfsProgram('poweroff');
const halt = initramfsProgram('halt');
const reboot = initramfsProgram('reboot');
const sleep = busyboxApplet('sleep');

/** Time for a person to read a failure; whoever shuts a machine down waits for it. */
const secondsToRead = 10;

// Without -n they would sync first, and wait for a cluster that is away as long as it is away.
function at(program: typeof reboot): Statement {
    return run(command(program, ['-n', '-f']), ignore('a reboot ends it too'));
}

/** The last thing of all. A kernel for kexec is in memory that busybox cannot start: it reboots. */
export const endMachine = defineFunction(
    'end_machine',
    [
        'end_machine: powers the machine off, halts or reboots it, as systemd was asked to, and does not',
        'wait for what is not written yet: the steps have waited for that as long as they may.',
    ],
    [
        choose(verb, [arm(pattern`poweroff`, [at(poweroff)]), arm(pattern`halt`, [at(halt)])]),
        repeatUntil(succeeds(command(reboot, ['-n', '-f'])), [
            run(command(sleep, [1]), ignore('it is tried again at once')),
        ]),
        exitWith(1),
    ],
);

/** How a step fails that runs when the real system has ended. */
export const failShutdown = defineFunction(
    'fail',
    [
        'fail STEP CODE WHAT CURE: shows on every console what failed, what to do about it and what is',
        'known, and ends the machine all the same.',
    ],
    [
        assign(ending, word`this machine goes on to ${verb} in ${secondsToRead} seconds`),
        ...showFailure,
        run(command(sleep, [secondsToRead]), ignore('a shorter wait is no harm')),
        perform(endMachine),
    ],
    reportVariables,
);
