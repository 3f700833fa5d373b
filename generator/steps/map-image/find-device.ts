import type { Fsid } from '../../model/names.ts';
import { poll } from '../../plan/poll.ts';
import type { StepScope } from '../../plan/step.ts';
import type { ShellFunction, Statement, Variable } from '../../sh/ast.ts';
import {
    all,
    argumentOf,
    assign,
    compare,
    forEachPath,
    inspect,
    not,
    orElse,
    readLine,
    when,
} from '../../sh/build.ts';
import { anyString, expand, pattern, word } from '../../sh/word.ts';
import { letGo } from './write-map.ts';

/** Turns of a tenth of a second; devtmpfs has the node when the write returns, so the first one does. */
const nodeTurns = 100;

/**
 * Emits `find_device IMAGE POOL NAMESPACE NAME SNAPSHOT`. It goes by what sysfs says of a device, not
 * by its number: other images may be mapped, and `rbd10` sorts before `rbd2`.
 */
export function findDevice(
    scope: StepScope,
    device: Variable,
    fsid: Fsid,
    unmap: ShellFunction,
): ShellFunction {
    const expected = {
        pool: argumentOf(2),
        pool_ns: argumentOf(3),
        name: argumentOf(4),
        current_snap: argumentOf(5),
    };
    return scope.helper({
        name: 'find_device',
        takes: 'IMAGE POOL NAMESPACE NAME SNAPSHOT',
        contract: [
            `sets ${device.name} to that of the image, which is found by its`,
            'identity, and checks that it is in the right cluster; else ends this boot.',
        ],
        body: (local) => {
            const entry = local('entry');
            const values = Object.entries(expected).map(([file, value]) => ({
                file,
                value,
                actual: local(file),
            }));
            const clusterFsid = local('cluster_fsid');
            return [
                assign(device, ''),
                forEachPath(entry, pattern`/sys/bus/rbd/devices/${anyString}`, [
                    ...values.map(({ file, actual }) =>
                        readLine(actual, word`${entry}/${file}`, orElse(assign(actual, ''))),
                    ),
                    when(all(...values.map(({ actual, value }) => compare(actual, '=', value))), [
                        assign(
                            device,
                            word`/dev/rbd${expand(entry, { operator: 'remove-longest-prefix', pattern: pattern`${anyString}/` })}`,
                        ),
                        readLine(
                            clusterFsid,
                            word`${entry}/cluster_fsid`,
                            orElse(assign(clusterFsid, 'unknown')),
                        ),
                    ]),
                ]),
                when(inspect('-z', device), [
                    scope.fail(
                        'RB210',
                        word`${argumentOf(1)} was mapped, but /sys/bus/rbd/devices has no device with this pool, namespace and name`,
                        'look at what the kernel says of rbd below',
                    ),
                ]),
                when(compare(clusterFsid, '!=', fsid), [
                    // It is somebody else's image, who may be waiting for its lock.
                    ...letGo(unmap),
                    scope.fail(
                        'RB215',
                        word`the monitors belong to the cluster ${clusterFsid}, not to ${fsid}`,
                        'correct "monitors" or "fsid" of the cluster in the configuration; "ceph fsid" prints the right one',
                    ),
                ]),
            ];
        },
    });
}

/** Waits for the node of the device that was found. */
export function waitForNode(scope: StepScope, device: Variable): readonly Statement[] {
    const missing = not(inspect('-b', device));
    return [
        ...poll(scope.local('turns'), missing, nodeTurns),
        when(missing, [
            scope.fail(
                'RB210',
                word`the device node ${device} did not appear`,
                'look at what the kernel says of rbd below',
            ),
        ]),
    ];
}
