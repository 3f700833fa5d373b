import type { StepScope } from '../../plan/step.ts';
import type { ShellFunction, Variable } from '../../sh/ast.ts';
import {
    argumentOf,
    arm,
    assign,
    busyboxApplet,
    capture,
    choose,
    command,
    ignore,
    orElse,
    perform,
    pipeline,
    printTo,
    to,
} from '../../sh/build.ts';
import { anyString, expand, pattern, word } from '../../sh/word.ts';
import { letGo } from './write-map.ts';

const dmesg = busyboxApplet('dmesg');
const grep = busyboxApplet('grep');
const sed = busyboxApplet('sed');
const tail = busyboxApplet('tail');

/**
 * Where the kernel is told which of its functions are to log what they do
 * (Documentation/admin-guide/dynamic-debug-howto.rst). Those lines go into its log and, unless the
 * kernel command line says "debug", on no console. A kernel without CONFIG_DYNAMIC_DEBUG has no such
 * file; those of Debian and Ubuntu have it.
 */
export const dynamicDebug = '/proc/dynamic_debug/control';

/**
 * What krbd tells by itself is that there is another client. These functions log which: the one that
 * reads the holder of the lock, with its address (net/ceph/cls_lock_client.c), and the one that looks
 * for it among those who have the image open (drivers/block/rbd.c). The third one reads the id of
 * the image, which whoever may read it can do.
 */
export function watchLock(scope: StepScope): ShellFunction {
    const flag = argumentOf(1);
    return scope.helper({
        name: 'watch_lock',
        takes: 'FLAG',
        contract: ['with +p the kernel logs whom it meets at the lock of an image; -p ends that.'],
        body: () => [
            printTo(
                to(dynamicDebug),
                word`func decode_locker ${flag}; func find_watcher ${flag}; func rbd_dev_image_id ${flag}`,
                ignore('what it does not log is not named then'),
            ),
        ],
    });
}

/** Emits `find_in_log EXPRESSION`. */
export function findInLog(scope: StepScope, found: Variable): ShellFunction {
    return scope.helper({
        name: 'find_in_log',
        takes: 'EXPRESSION',
        contract: [
            `sets ${found.name} to what this expression of sed makes of the last line that it`,
            `matches in the log of the kernel; empty if there is none.`,
        ],
        body: () => [
            capture(
                found,
                pipeline(
                    command(dmesg),
                    command(sed, ['-n', argumentOf(1)]),
                    command(tail, ['-n', 1]),
                ),
                orElse(assign(found, '')),
            ),
        ],
    });
}

/** The holder of the lock as `ADDRESS (CLIENT)`, for `find_in_log`; the port of a client says nothing. */
export const ownerInLog = String.raw`s/.* decode_locker \(client[0-9]*\) .* addr ([0-9]*)\(.*\):[0-9]*$/\2 (\1)/p`;

/** Emits `read_log`, for a choice between what the kernel may have logged. */
export function readLog(scope: StepScope, log: Variable): ShellFunction {
    return scope.helper({
        name: 'read_log',
        contract: [`sets ${log.name} to what the kernel says of libceph and rbd.`],
        body: () => [
            capture(
                log,
                pipeline(command(dmesg), command(grep, ['-E', 'libceph: |rbd: '])),
                orElse(assign(log, '')),
            ),
        ],
    });
}

/** What the functions of this step hand to one another. */
export interface LockLog {
    readonly log: Variable;
    readonly found: Variable;
    readonly readLog: ShellFunction;
    readonly findInLog: ShellFunction;
    readonly unmap: ShellFunction;
}

/**
 * Emits `refuse_shared IMAGE`. A client that has mapped the image without `exclusive` gives the lock
 * to whoever asks, and fails its writes for as long as it does not get it back: the file system that
 * it has on it ends there.
 */
export function refuseShared(scope: StepScope, { log, found, ...call }: LockLog): ShellFunction {
    const image = argumentOf(1);
    return scope.helper({
        name: 'refuse_shared',
        takes: 'IMAGE',
        contract: [
            'ends this boot, and the mapping, if a client that is alive gave its lock away.',
        ],
        body: () => [
            perform(call.readLog),
            // A client whose lock is broken was asked before, and did not answer.
            choose(
                expand(log, {
                    operator: 'remove-longest-prefix',
                    pattern: pattern`${anyString}breaking header lock`,
                }),
                [
                    arm(pattern`${anyString}found cid${anyString}`, [
                        ...letGo(call.unmap),
                        perform(call.findInLog, ownerInLog),
                        scope.fail(
                            'RB220',
                            word`${expand(found, { operator: 'default', text: 'another client' })} has ${image} mapped, and writes to it with a lock that it shares`,
                            word`shut that machine down, or run "rbd unmap" on it; "rbd status ${image}" lists all who have the image open; or give this machine an image of its own`,
                        ),
                    ]),
                ],
            ),
        ],
    });
}
