import type { Needs } from '../../plan/needs.ts';
import type { PlannedStep } from '../../plan/plan.ts';
import { failureFunction, voiceOf } from '../../plan/report.ts';
import type { ShellFunction } from '../../sh/ast.ts';
import {
    argumentOf,
    arm,
    busyboxApplet,
    capture,
    choose,
    command,
    compare,
    defineFunction,
    forEachField,
    forEachWord,
    initramfsProgram,
    orElse,
    pipeline,
    returnWith,
    run,
    variable,
    when,
} from '../../sh/build.ts';
import { type Argument, anyString, expand, pattern, word } from '../../sh/word.ts';
import { initramfsTools } from './environment.ts';

/** Where systemd looks for a root to return to (bootup(7), "Bootup in the initrd"). */
const directory = '/run/initramfs';

const mkdir = busyboxApplet('mkdir');
const cp = busyboxApplet('cp');
const ln = busyboxApplet('ln');
const mount = busyboxApplet('mount');
const env = busyboxApplet('env');
const grep = busyboxApplet('grep');
const busybox = initramfsProgram('busybox');

const library = variable('library', 'local');
const libraries = variable('libraries', 'local');
const giveUp = orElse(returnWith(1));

const keepFile = defineFunction(
    'keep_file',
    [`keep_file PATH: copies a file of the initramfs into ${directory}.`],
    [
        run(
            command(mkdir, [
                '-p',
                word`${directory}${expand(argumentOf(1), {
                    operator: 'remove-shortest-suffix',
                    pattern: pattern`/${anyString}`,
                })}`,
            ]),
            giveUp,
        ),
        run(command(cp, ['-p', argumentOf(1), word`${directory}${argumentOf(1)}`]), giveUp),
    ],
);

const keepProgram = defineFunction(
    'keep_program',
    ['keep_program PATH: copies a program and the libraries that it loads.'],
    [
        run(command(keepFile, [argumentOf(1)]), giveUp),
        // The dynamic loader prints what it would load and runs nothing (ld.so(8)); a static program
        // has no loader, and prints what has no path in it.
        capture(
            libraries,
            command(env, ['LD_TRACE_LOADED_OBJECTS=1', argumentOf(1), '--help']),
            giveUp,
        ),
        forEachField(library, libraries, [
            choose(library, [
                arm(pattern`/${anyString}`, [run(command(keepFile, [library]), giveUp)]),
            ]),
        ]),
    ],
    [library, libraries],
);

const applet = variable('applet', 'local');
const found = variable('found', 'local');

/**
 * Makes the root in memory that the machine ends in: what is needed is in the initramfs, and at the
 * end of a shutdown the real root cannot be read any more.
 *
 * /run is mounted noexec (init of initramfs-tools), so the directory gets a mount of its own that is
 * not. It moves to the real system with /run, which leaves it alone (systemd, mount_is_extrinsic).
 */
function makeRoot(script: string, { programs, files, applets, given }: Needs): ShellFunction {
    const names = ['sh', ...applets, ...given];
    const keep = (what: ShellFunction, path: Argument) => run(command(what, [path]), giveUp);
    return defineFunction(
        'make_shutdown_root',
        [
            `make_shutdown_root: fills ${directory}. The script comes last: without it systemd does not`,
            'return there.',
        ],
        [
            // Ubuntu's busybox for the initramfs has few of them.
            capture(
                found,
                pipeline(
                    command(busybox, ['--list']),
                    command(grep, ['-c', '-x', '-E', names.join('|')]),
                ),
                giveUp,
            ),
            when(compare(found, '-ne', names.length), [returnWith(1)]),
            // Wherever systemd's PATH leads.
            run(command(mkdir, ['-p', `${directory}/usr/bin`]), giveUp),
            run(command(ln, ['-s', 'usr/bin', `${directory}/bin`]), giveUp),
            ...['/bin/busybox', ...programs].map((path) => keep(keepProgram, path)),
            ...files.map((path) => keep(keepFile, path)),
            forEachWord(applet, names, [
                run(command(ln, ['-s', 'busybox', word`${directory}/bin/${applet}`]), giveUp),
            ]),
            run(command(mount, ['-o', 'bind', directory, directory]), giveUp),
            run(command(mount, ['-o', 'remount,bind,exec,nosuid,nodev', directory]), giveUp),
            run(command(cp, ['-p', script, `${directory}/shutdown`]), giveUp),
        ],
        [applet, found],
    );
}

/**
 * The step that a boot script ends with when there are steps for the end of the machine.
 *
 * @param script its path in the initramfs.
 * @param needs what the script uses.
 */
export function keepShutdownRoot(script: string, needs: Needs): PlannedStep {
    const name = 'keep-shutdown-root';
    const make = makeRoot(script, needs);
    const { say } = voiceOf(name, failureFunction(initramfsTools));
    return {
        name,
        keys: [],
        helpers: [keepFile, keepProgram, make],
        function: defineFunction(
            'step_keep_shutdown_root',
            [
                `Step ${name}: keeps in memory what unmaps the image when the machine ends.`,
                'Without it the machine works as well, and its next boot waits 30 s for its own lock.',
            ],
            [
                run(
                    command(make),
                    orElse(
                        say(
                            `${directory} cannot be filled: at shutdown the image stays mapped, and the next boot waits 30 s for its lock`,
                        ),
                    ),
                ),
            ],
        ),
    };
}
