import { endMachine, failShutdown, verb } from '../../plan/end-machine.ts';
import type { ScriptPlan } from '../../plan/plan.ts';
import type { Script, Statement } from '../../sh/ast.ts';
import {
    argumentOf,
    arm,
    assign,
    busyboxApplet,
    choose,
    command,
    defineFunction,
    exitWith,
    ignore,
    orElse,
    perform,
    performInBackground,
    print,
    readLine,
    run,
    variable,
} from '../../sh/build.ts';
import { anyString, pattern } from '../../sh/word.ts';
import type { BootSubject } from '../../steps/boot-subject.ts';
import { sharedVariables } from './boot-script.ts';
import { prerequisites } from './contract.ts';

/** Seconds for all steps together. Unmounting has little left to write: systemd has synced before. */
const secondsToRelease = 60;

const sleep = busyboxApplet('sleep');

const deadline = defineFunction(
    'deadline',
    [
        `deadline: ends the machine when its steps have not within ${secondsToRelease} seconds, since what waits for a`,
        'cluster that does not answer waits for ever, and nothing can kill it.',
    ],
    [
        run(command(sleep, [secondsToRelease]), ignore('the machine ends sooner then')),
        perform(
            failShutdown,
            'deadline',
            'RB243',
            `the image was not released within ${secondsToRelease} s: the cluster does not answer`,
            'nothing to do now: the next boot takes the lock back by itself, 30 s later than usual. "ceph -s" tells how the cluster is; look also at what takes the network down before this point',
        ),
    ],
);

const self = variable('self', 'script');

/**
 * The script that ends the machine, as the only process that is left: systemd has ended everything,
 * has changed its root to /run/initramfs, with the old one at /oldroot, and has become /shutdown
 * (systemd-shutdown(8); src/shutdown/shutdown.c).
 */
export function shutdownScript(plan: ScriptPlan, subject: BootSubject, origin: string): Script {
    const steps = plan.steps.map(({ name }) => name).join(', ');
    return {
        kind: 'script',
        header: [
            `Ends ${subject.name}, whose / is ${subject.root}.`,
            origin,
            '',
            'Runs when systemd has ended everything else, in the root that the boot script has kept in',
            'memory, as /shutdown VERB (systemd-shutdown(8)), step by step:',
            `${steps}.`,
        ],
        preamble: [...prerequisites([]), ...refuseElsewhere],
        main: [
            ...sharedVariables(plan),
            assign(verb, argumentOf(1)),
            performInBackground(deadline),
            ...plan.steps.map((step) => perform(step.function)),
            perform(endMachine),
        ],
    };
}

// A running system has this file too, in the directory that its initrd is made from.
const refuseElsewhere: readonly Statement[] = [
    readLine(self, '/proc/self/stat', orElse(assign(self, ''))),
    choose(self, [
        arm(pattern`1 ${anyString}`, []),
        arm(pattern`${anyString}`, [
            print('rbdboot: this script ends the machine, and is for systemd alone'),
            exitWith(1),
        ]),
    ]),
];
