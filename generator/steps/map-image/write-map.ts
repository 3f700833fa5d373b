import type { StepScope } from '../../plan/step.ts';
import { whileTelling } from '../../plan/teller.ts';
import type { ShellFunction, Statement, Variable } from '../../sh/ast.ts';
import {
    argumentOf,
    assign,
    busyboxApplet,
    capture,
    command,
    comment,
    compare,
    errorsTo,
    errorsToOutput,
    ignore,
    increase,
    initramfsProgram,
    orElse,
    performInBackground,
    pipeline,
    printing,
    repeatUntil,
    returnWith,
    run,
    succeeds,
    when,
} from '../../sh/build.ts';
import { expand, pattern } from '../../sh/word.ts';
import { tellMap } from './tell-map.ts';

const dd = busyboxApplet('dd');
const sleep = busyboxApplet('sleep');
const udevadm = initramfsProgram('udevadm');

/**
 * Emits `write_map LINE IMAGE POOL`. dd makes one write(2) of the whole line and says which error it
 * gave. That write lasts as long as the map does, so another process says what it waits for.
 */
export function writeMap(
    scope: StepScope,
    refusal: Variable,
    mapping: Parameters<typeof tellMap>[1],
): ShellFunction {
    const tell = tellMap(scope, mapping);
    return scope.helper({
        name: 'write_map',
        takes: 'LINE IMAGE POOL',
        contract: [
            'has the kernel map this image of this pool, with one write of the line.',
            `Sets ${refusal.name} to the error that it gave; empty if the image is mapped.`,
        ],
        body: () =>
            whileTelling(
                tell,
                [argumentOf(2), argumentOf(3)],
                [
                    assign(refusal, ''),
                    capture(
                        refusal,
                        pipeline(
                            printing(argumentOf(1)),
                            command(
                                dd,
                                ['bs=4096', 'status=none', 'of=/sys/bus/rbd/add_single_major'],
                                [errorsToOutput],
                            ),
                        ),
                        orElse(
                            // Also where dd itself was ended and had no time to say so.
                            assign(
                                refusal,
                                expand(refusal, { operator: 'default', text: 'interrupted' }),
                            ),
                        ),
                    ),
                ],
            ),
    });
}

/** Tenths of a second for whoever looks at a new device to close it. */
const closingTurns = 100;

/**
 * Seconds for udev, which reads each place where a signature could be, one after the other: on a slow
 * network all of them take a minute. It ends a look that takes longer than this by itself.
 */
const settleSeconds = 180;

/** Emits `unmap`, for a boot that goes on. {@link letGo} is for one that ends. */
export function unmap(scope: StepScope, device: Variable): ShellFunction {
    const id = expand(device, { operator: 'remove-shortest-prefix', pattern: pattern`/dev/rbd` });
    return scope.helper({
        name: 'unmap',
        contract: [
            `ends the mapping of ${device.name}, and with it its lock. Waits up to ${settleSeconds} s for udev, which looks`,
            `at a new device, and 10 s for anybody else; fails if somebody still has it open.`,
        ],
        body: (local) => {
            const turns = local('turns');
            return [
                assign(turns, 0),
                repeatUntil(
                    succeeds(
                        pipeline(
                            printing(id),
                            command(
                                dd,
                                ['bs=4096', 'status=none', 'of=/sys/bus/rbd/remove_single_major'],
                                [errorsTo('/dev/null')],
                            ),
                        ),
                    ),
                    [
                        when(compare(turns, '-eq', 0), [
                            run(
                                command(udevadm, ['settle', `--timeout=${settleSeconds}`]),
                                ignore(
                                    'if udev is still at it then, the turns below may be enough',
                                ),
                            ),
                        ]),
                        when(compare(turns, '-ge', closingTurns), [returnWith(1)]),
                        run(command(sleep, ['0.1']), ignore('the next turn tries again at once')),
                        increase(turns),
                    ],
                ),
            ];
        },
    });
}

/**
 * Ends a mapping that may keep the image from somebody else, for as long as a shell or a halted machine
 * is there. Beside the report of the failure that follows: an end waits for udev and for OSDs, who may be
 * why the machine is looked at, and a reboot does the same with a dead client's lock.
 */
export function letGo(unmap: ShellFunction): readonly Statement[] {
    return [
        comment('beside the report, which waits for nobody; a reboot ends the mapping as well'),
        performInBackground(unmap),
    ];
}
