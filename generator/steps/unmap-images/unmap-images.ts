import { poll } from '../../plan/poll.ts';
import { defineStep, type StepScope } from '../../plan/step.ts';
import type { Token } from '../../plan/token.ts';
import type { Statement, Variable } from '../../sh/ast.ts';
import {
    arm,
    assign,
    busyboxApplet,
    capture,
    choose,
    command,
    errorsTo,
    forEachPath,
    ignore,
    inspect,
    orElse,
    pipeline,
    printing,
    readLine,
    run,
    when,
} from '../../sh/build.ts';
import { anyString, expand, oneOf, pattern, word } from '../../sh/word.ts';
import type { ReleasedRoot } from '../release-root/release-root.ts';

/** No image is mapped: the cluster has neither watch nor lock of this machine. */
export type UnmappedImages = Token<'UnmappedImages'>;

export interface UnmapImagesInput {
    readonly released: ReleasedRoot;
}

const dd = busyboxApplet('dd');
const readlink = busyboxApplet('readlink');
const sync = busyboxApplet('sync');

/** Turns of a tenth of a second. What is stacked on an image, as dm-crypt, may go a moment later. */
const unmapTurns = 100;

/**
 * Unmaps every image, which gives its lock back and ends its watch at once: the next boot need not
 * wait until the cluster gives this machine up. The kernel refuses with EBUSY while a file system on
 * the image is in use (drivers/block/rbd.c, do_rbd_remove), so an image that goes was unmounted.
 */
export const unmapImages = defineStep<UnmapImagesInput, UnmappedImages>('unmap-images', {
    contract: [
        'unmaps every image, so that the cluster has no lock of this machine any more.',
        'The kernel lets go of no image that is in use: what goes was unmounted.',
    ],
    boot(scope) {
        const mapped = scope.local('mapped');
        const turns = scope.local('turns');
        const users = scope.local('users');
        return {
            statements: [
                assign(mapped, 'not known'),
                ...poll(turns, inspect('-n', mapped), unmapTurns, unmapEach(scope, mapped)),
                when(inspect('-n', mapped), [
                    run(command(sync), ignore('the deadline ends what cannot be written')),
                    ...findUsers(scope, users),
                    scope.fail(
                        'RB242',
                        word`in use when everything had ended:${mapped}; what still runs:${expand(users, { operator: 'default', text: ' no program' })}`,
                        'nothing to do now: the next boot takes the lock back by itself, 30 s later than usual. Before the next shutdown, "systemctl status NUMBER" tells which unit a process belongs to: let that end it',
                    ),
                ]),
            ],
            achieved: {},
        };
    },
});

/** One try at every image. Sets `mapped` to those that are still there. */
function unmapEach(scope: StepScope, mapped: Variable): readonly Statement[] {
    const entry = scope.local('entry');
    const [pool, namespace, name] = ['pool', 'pool_ns', 'name'].map((file) => ({
        file,
        value: scope.local(file),
    })) as [Attribute, Attribute, Attribute];
    const image = word`${pool.value}/${namespace.value}${expand(namespace.value, { operator: 'alternative', text: '/' })}${name.value}`;
    const number = expand(entry, {
        operator: 'remove-longest-prefix',
        pattern: pattern`${anyString}/`,
    });
    return [
        assign(mapped, ''),
        forEachPath(entry, pattern`/sys/bus/rbd/devices/${anyString}`, [
            when(inspect('-d', entry), [
                ...[pool, namespace, name].map(({ file, value }) =>
                    readLine(value, word`${entry}/${file}`, orElse(assign(value, ''))),
                ),
                run(
                    pipeline(
                        printing(number),
                        command(
                            dd,
                            ['bs=4096', 'status=none', 'of=/sys/bus/rbd/remove_single_major'],
                            [errorsTo('/dev/null')],
                        ),
                    ),
                    ignore('what is in use stays for the next turn'),
                ),
                when(
                    inspect('-d', entry),
                    [assign(mapped, word`${mapped} ${image}`)],
                    [scope.say(word`${image} is unmapped`)],
                ),
            ]),
        ]),
    ];
}

interface Attribute {
    readonly file: string;
    readonly value: Variable;
}

/** Sets `users` to the processes besides this script's own. What is left of the kernel has no program. */
function findUsers(scope: StepScope, users: Variable): readonly Statement[] {
    const process = scope.local('process');
    const program = scope.local('program');
    const name = expand(program, {
        operator: 'remove-longest-prefix',
        pattern: pattern`${anyString}/`,
    });
    const number = expand(process, {
        operator: 'remove-shortest-prefix',
        pattern: pattern`/proc/`,
    });
    return [
        forEachPath(process, pattern`/proc/${oneOf('0-9')}${anyString}`, [
            capture(
                program,
                command(readlink, [word`${process}/exe`]),
                orElse(assign(program, '')),
            ),
            choose(program, [
                arm([pattern``, pattern`${anyString}/busybox`], []),
                arm(pattern`${anyString}`, [assign(users, word`${users} ${name} (${number})`)]),
            ]),
        ]),
    ];
}
