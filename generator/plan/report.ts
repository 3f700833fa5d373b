import type { Code } from '../diagnostics/catalogue.ts';
import type { SimpleCommand, Statement } from '../sh/ast.ts';

import {
    appendTo,
    argumentOf,
    assign,
    busyboxApplet,
    capture,
    command,
    compare,
    defineFunction,
    exitWith,
    forEachField,
    ignore,
    initramfsProgram,
    inspect,
    orElse,
    perform,
    pipeline,
    print,
    printTo,
    redirected,
    repeatUntil,
    run,
    succeeds,
    to,
    variable,
    when,
} from '../sh/build.ts';
import { type Argument, expand, word } from '../sh/word.ts';

/** Where the scripts keep what they found out: facts for a failure report, and for the running system. */
export const stateDirectory = '/run/rbdboot';

const factsFile = `${stateDirectory}/facts`;
const reportFile = `${stateDirectory}/failure`;

/** Time for a person to read a failure, and for what was wrong outside to be mended. */
const secondsToReboot = 60;

const mkdir = busyboxApplet('mkdir');
const cat = busyboxApplet('cat');
const grep = busyboxApplet('grep');
const tail = busyboxApplet('tail');
const dmesg = busyboxApplet('dmesg');
const sed = busyboxApplet('sed');
const sleep = busyboxApplet('sleep');
const reboot = initramfsProgram('reboot');

const quiet = variable('quiet', 'environment');

const say = defineFunction(
    'say',
    ['say STEP TEXT: reports progress, unless the kernel command line says "quiet".'],
    [
        when(compare(expand(quiet, { operator: 'default', text: 'n' }), '!=', 'y'), [
            print(word`rbdboot[${argumentOf(1)}]: ${argumentOf(2)}`),
        ]),
    ],
);

// A failure may be the first thing that is found out, so each that writes there makes it.
const makeStateDirectory = run(
    command(mkdir, ['-p', stateDirectory]),
    ignore('/run is a tmpfs; without it the boot has other troubles'),
);

const note = defineFunction(
    'note',
    ['note NAME VALUE: keeps a fact for a failure report, and for the running system to look up.'],
    [
        makeStateDirectory,
        printTo(
            appendTo(factsFile),
            word`  ${argumentOf(1)}: ${argumentOf(2)}`,
            ignore('a failure report without it is still a report'),
        ),
    ],
);

const console = variable('console', 'local');
const consoles = variable('consoles', 'local');

const fail = defineFunction(
    'fail',
    [
        'fail STEP CODE WHAT CURE: ends this boot. Shows on every console what failed, what to do about',
        `it and what is known so far, then reboots: what was wrong outside may be mended by then.`,
    ],
    [
        makeStateDirectory,
        redirected(
            [
                print(''),
                print(word`rbdboot[${argumentOf(1)}] ${argumentOf(2)}: ${argumentOf(3)}`),
                print(word`  to do: ${argumentOf(4)}`),
                when(inspect('-r', factsFile), [
                    run(command(cat, [factsFile]), ignore('the report goes on without the facts')),
                ]),
                run(
                    pipeline(
                        command(dmesg),
                        command(grep, ['-E', 'libceph: |rbd: ']),
                        command(tail, ['-n', 5]),
                    ),
                    ignore('the kernel may have had nothing to say of it'),
                ),
                print(`rbdboot: this machine reboots in ${secondsToReboot} seconds`),
            ],
            [to(reportFile)],
            orElse(print(word`rbdboot[${argumentOf(1)}] ${argumentOf(2)}: ${argumentOf(3)}`)),
        ),
        capture(
            consoles,
            command(cat, ['/sys/class/tty/console/active']),
            orElse(assign(consoles, 'console')),
        ),
        forEachField(console, consoles, [
            run(
                command(cat, [reportFile], [to(word`/dev/${console}`)]),
                ignore('a console may be gone; the others still show it'),
            ),
        ]),
        run(command(sleep, [secondsToReboot]), ignore('a shorter wait is no harm')),
        repeatUntil(succeeds(command(reboot, ['-f'])), [
            run(command(sleep, [secondsToReboot]), ignore('it is tried again at once')),
        ]),
        exitWith(1),
    ],
    [console, consoles],
);

/** The code of a step that is not rbdboot's own: `SITE1`. */
export type OwnCode = `SITE${number}`;

/** How one step speaks: every line carries the step, every failure a code. */
export interface StepVoice {
    say(text: Argument): ReturnType<typeof perform>;
    /** Keeps a fact for the failure report. @param name the field's term: `nic`, `address`. */
    note(name: string, value: Argument): ReturnType<typeof perform>;
    /** Keeps what a command prints as facts of that name, a line each. */
    noteOutput(name: string, what: SimpleCommand): Statement;
    /** Ends the boot. @param what what is wrong, one sentence; @param cure what to do about it. */
    fail(code: Code | OwnCode, what: Argument, cure: Argument): ReturnType<typeof perform>;
}

export function voiceOf(step: string): StepVoice {
    return {
        say: (text) => perform(say, step, text),
        note: (name, value) => perform(note, name, value),
        noteOutput: (name, what) =>
            run(
                pipeline(what, command(sed, [`s/^/  ${name}: /`], [appendTo(factsFile)])),
                ignore('a failure report without it is still a report'),
            ),
        fail: (code, what, cure) => perform(fail, step, code, what, cure),
    };
}
