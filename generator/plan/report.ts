import type { Code } from '../diagnostics/catalogue.ts';
import type { Program, ShellFunction, SimpleCommand, Statement } from '../sh/ast.ts';
import {
    appendTo,
    argumentOf,
    arm,
    assign,
    busyboxApplet,
    choose,
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
    readLine,
    redirected,
    repeatUntil,
    run,
    succeeds,
    to,
    variable,
    when,
} from '../sh/build.ts';
import { type Argument, anyString, expand, noneOf, oneOf, pattern, word } from '../sh/word.ts';
import type { BootEnvironment } from './environment.ts';

/** Where the scripts keep what they found out: facts for a failure report, and for the running system. */
export const stateDirectory = '/run/rbdboot';

const factsFile = `${stateDirectory}/facts`;
const reportFile = `${stateDirectory}/failure`;

const mkdir = busyboxApplet('mkdir');
const cat = busyboxApplet('cat');
const grep = busyboxApplet('grep');
const tail = busyboxApplet('tail');
const dmesg = busyboxApplet('dmesg');
const sed = busyboxApplet('sed');
const sleep = busyboxApplet('sleep');
const reboot = initramfsProgram('reboot');
const halt = initramfsProgram('halt');

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

// What init read as `panic=`, on the kernel command line or else in the initrd's own settings.
const panic = variable('panic', 'environment');
const policy = variable('policy', 'local');
const console = variable('console', 'local');
const consoles = variable('consoles', 'local');
const uptime = variable('uptime', 'local');

/** Sets the consoles that the kernel has: what a person looks at may be any of them. */
const listConsoles = readLine(
    consoles,
    '/sys/class/tty/console/active',
    orElse(assign(consoles, 'console')),
);

const show = defineFunction(
    'show',
    ['show LINE: shows a line on every console, "quiet" or not.'],
    [
        listConsoles,
        forEachField(console, consoles, [
            printTo(
                appendTo(word`/dev/${console}`),
                argumentOf(1),
                ignore('a console may be gone; the others still show it'),
            ),
        ]),
    ],
    [console, consoles],
);

/** Says so for a step, whose name it takes first. */
export const warn = defineFunction(
    'warn',
    [
        'warn STEP CODE WHAT CURE: says on every console what is not as it should be, and what to do about',
        'it; goes on.',
    ],
    [
        // The line that init has begun is none to hide in.
        perform(show, ''),
        perform(show, word`rbdboot[${argumentOf(1)}] ${argumentOf(2)}: ${argumentOf(3)}`),
        perform(show, word`  to do: ${argumentOf(4)}`),
    ],
);

/** What follows a failure, for the last line of its report. */
export const ending = variable('ending', 'local');

/**
 * What follows a failure, read from `panic=` as the initramfs' own code does when it cannot go on
 * (scripts/functions of initramfs-tools): nothing for a shell, `-1` for a reboot at once, `0` or what
 * is no number to stop there, and else the seconds to a reboot.
 */
function byPolicy(
    policies: Readonly<Record<'shell' | 'atOnce' | 'halt' | 'reboot', readonly Statement[]>>,
): Statement {
    return choose(policy, [
        arm(pattern``, policies.shell),
        arm(pattern`-${oneOf('0-9')}`, policies.atOnce),
        arm([pattern`0`, pattern`${anyString}${noneOf('0-9')}${anyString}`], policies.halt),
        arm(pattern`${anyString}`, policies.reboot),
    ]);
}

const decideEnding = byPolicy({
    shell: [
        assign(ending, 'a root shell follows, as panic= asks for; "exit" reboots this machine'),
    ],
    atOnce: [assign(ending, 'this machine reboots at once')],
    halt: [assign(ending, 'this machine halts: switch it off and on to try again')],
    reboot: [assign(ending, word`this machine reboots in ${policy} seconds`)],
});

const report = redirected(
    [
        print(''),
        print(word`rbdboot[${argumentOf(1)}] ${argumentOf(2)}: ${argumentOf(3)}`),
        print(word`  to do: ${argumentOf(4)}`),
        when(inspect('-r', factsFile), [
            run(command(cat, [factsFile]), ignore('the report goes on without the facts')),
        ]),
        print(
            word`  time: ${expand(uptime, { operator: 'remove-longest-suffix', pattern: pattern` ${anyString}` })} s after the start of the kernel`,
        ),
        run(
            pipeline(
                command(dmesg),
                // What has two spaces there is for the scripts to read, not for a person.
                command(grep, ['-E', '(libceph|rbd): [^ ]']),
                command(tail, ['-n', 5]),
            ),
            ignore('the kernel may have had nothing to say of it'),
        ),
        print(word`rbdboot: ${ending}`),
    ],
    [to(reportFile)],
    orElse(print(word`rbdboot[${argumentOf(1)}] ${argumentOf(2)}: ${argumentOf(3)}`)),
);

/** Local variables of {@link showFailure}. */
export const reportVariables = [console, consoles, uptime, ending];

/** Shows the report on every console, in a function that is called with STEP CODE WHAT CURE. */
export const showFailure: readonly Statement[] = [
    makeStateDirectory,
    readLine(uptime, '/proc/uptime', orElse(assign(uptime, 'some'))),
    report,
    listConsoles,
    forEachField(console, consoles, [
        run(
            command(cat, [reportFile], [to(word`/dev/${console}`)]),
            ignore('a console may be gone; the others still show it'),
        ),
    ]),
];

/** Until it works: the same again after a minute, since there is nothing else left to do. */
function insist(program: Program): Statement {
    return repeatUntil(succeeds(command(program, ['-f'])), [
        run(command(sleep, [60]), ignore('it is tried again at once')),
    ]);
}

/** How the steps of one plan report a failure. */
export function failureFunction({ openShell }: Pick<BootEnvironment, 'openShell'>): ShellFunction {
    return defineFunction(
        'fail',
        [
            'fail STEP CODE WHAT CURE: ends this boot. Shows on every console what failed, what to do about',
            'it and what is known so far; then does what panic= says, on the kernel command line or, if it',
            'is not there, in the initrd: by default a reboot, since what was wrong outside may be mended.',
        ],
        [
            assign(policy, expand(panic, { operator: 'default', text: '' })),
            decideEnding,
            ...showFailure,
            byPolicy({
                shell: openShell,
                atOnce: [],
                halt: [insist(halt)],
                reboot: [run(command(sleep, [policy]), ignore('a shorter wait is no harm'))],
            }),
            insist(reboot),
            exitWith(1),
        ],
        [policy, ...reportVariables],
    );
}

/** The code of a step that is not rbdboot's own: `SITE1`. */
export type OwnCode = `SITE${number}`;

/** How one step speaks: every line carries the step, every failure a code. */
export interface StepVoice {
    say(text: Argument): ReturnType<typeof perform>;
    /** Says on every console what a person should see who waits for the machine, whatever is quiet. */
    announce(text: Argument): ReturnType<typeof perform>;
    /** Says so what is not as it should be and does not end the boot, with what to do about it. */
    warn(code: Code | OwnCode, what: Argument, cure: Argument): ReturnType<typeof perform>;
    /** Keeps a fact for the failure report. @param name the field's term: `nic`, `address`. */
    note(name: string, value: Argument): ReturnType<typeof perform>;
    /** Keeps what a command prints as facts of that name, a line each. */
    noteOutput(name: string, what: SimpleCommand): Statement;
    /** Ends the boot, at shutdown the machine. @param what what is wrong, one sentence; @param cure what to do about it. */
    fail(code: Code | OwnCode, what: Argument, cure: Argument): ReturnType<typeof perform>;
}

/** @param fail of the plan that the step is in. */
export function voiceOf(step: string, fail: ShellFunction): StepVoice {
    return {
        say: (text) => perform(say, step, text),
        announce: (text) => perform(show, word`rbdboot[${step}]: ${text}`),
        warn: (code, what, cure) => perform(warn, step, code, what, cure),
        note: (name, value) => perform(note, name, value),
        noteOutput: (name, what) =>
            run(
                pipeline(what, command(sed, [`s/^/  ${name}: /`], [appendTo(factsFile)])),
                ignore('a failure report without it is still a report'),
            ),
        fail: (code, what, cure) => perform(fail, step, code, what, cure),
    };
}
