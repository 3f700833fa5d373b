import type { StepScope } from '../../plan/step.ts';
import type { Statement, Variable } from '../../sh/ast.ts';
import {
    arm,
    assign,
    busyboxApplet,
    capture,
    choose,
    command,
    compare,
    forEachField,
    from,
    ignore,
    increase,
    inspect,
    orElse,
    pipeline,
    print,
    printTo,
    repeatWhile,
    run,
    to,
    when,
} from '../../sh/build.ts';
import { anyString, arithmetic, calculate, expand, pattern, word } from '../../sh/word.ts';
import { type ContainerDevice, cannotOpen, open, wrongKey } from './cryptsetup.ts';

const cat = busyboxApplet('cat');
const head = busyboxApplet('head');
const stty = busyboxApplet('stty');
const sleep = busyboxApplet('sleep');

/** Time that a wrong guess takes, besides that of deriving a key from it. */
const secondsBetweenTries = 2;

const keyboard = '/dev/console';

interface Asking {
    readonly device: Variable;
    readonly count: Variable;
    readonly tries: number;
}

/**
 * Asks for a passphrase at the console that is `/dev/console`, and says on all others where that is.
 *
 * The passphrase goes from the terminal through a pipe into cryptsetup, and is in no variable. Its
 * own prompt is not used, since its errors would go where the prompt goes, and only they tell a
 * wrong passphrase from a container that cannot be opened with the right one.
 */
export function askPassphrase(
    scope: StepScope,
    container: ContainerDevice,
    tries: number,
): readonly Statement[] {
    const device = container.path;
    const asking = { device, count: scope.local('tries'), tries };
    const opened = scope.local('opened');
    const answer = scope.local('answer');
    return [
        scope.note('tried', word`a passphrase for ${device}, at most ${tries} times`),
        assign(asking.count, 0),
        repeatWhile(inspect('-z', opened), [
            increase(asking.count),
            typing('-echo'),
            ...prompt(scope, asking),
            assign(opened, 'yes'),
            ...scope.reading(container, [
                capture(
                    answer,
                    pipeline(command(head, ['-n', 1], [from(keyboard)]), open(container)),
                    orElse(assign(opened, '')),
                ),
            ]),
            typing('echo'),
            when(inspect('-z', opened), [
                choose(answer, [
                    arm(wrongKey, refuse(scope, asking)),
                    arm(pattern`${anyString}`, cannotOpen(scope, device, answer)),
                ]),
            ]),
        ]),
    ];
}

/** On every console, also with "quiet": it is the only sign that somebody is waited for. */
function prompt(scope: StepScope, { device, count, tries }: Asking): readonly Statement[] {
    const terminal = scope.local('terminal');
    const terminals = scope.local('terminals');
    const keyboardOf = expand(terminals, {
        operator: 'remove-longest-prefix',
        pattern: pattern`${anyString} `,
    });
    return [
        // The last of them is /dev/console (Documentation/ABI/testing/sysfs-tty).
        capture(
            terminals,
            command(cat, ['/sys/class/tty/console/active']),
            orElse(assign(terminals, 'console')),
        ),
        forEachField(terminal, terminals, [
            printTo(
                to(word`/dev/${terminal}`),
                word`rbdboot[unlock-luks]: type the passphrase for ${device} at ${keyboardOf}, try ${count} of ${tries}:`,
                ignore('a console may be gone; the others still show it'),
            ),
        ]),
    ];
}

function typing(shown: 'echo' | '-echo'): Statement {
    return run(
        command(stty, [shown], [from(keyboard)]),
        ignore('a console that is no terminal shows nothing of what is typed'),
    );
}

function refuse(scope: StepScope, { device, count, tries }: Asking): readonly Statement[] {
    return [
        when(compare(count, '-ge', tries), [
            scope.fail(
                'RB231',
                word`no passphrase for ${device} was right in ${tries} tries`,
                'look at the keyboard layout and the caps lock; with the image mapped on another machine, "cryptsetup open --test-passphrase /dev/rbd0" tries one and "cryptsetup luksAddKey /dev/rbd0" adds one',
            ),
        ]),
        print(
            word`rbdboot[unlock-luks]: this passphrase opens nothing; tries left: ${arithmetic(calculate(tries, '-', count))}`,
        ),
        run(command(sleep, [secondsBetweenTries]), ignore('the next try is at once')),
    ];
}
