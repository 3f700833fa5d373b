import type { Fsid } from '../../model/names.ts';
import { poll } from '../../plan/poll.ts';
import type { StepScope } from '../../plan/step.ts';
import type { Statement, Variable } from '../../sh/ast.ts';
import {
    all,
    assign,
    busyboxApplet,
    command,
    compare,
    forEachPath,
    ignore,
    inspect,
    not,
    orElse,
    pipeline,
    printing,
    readLine,
    run,
    when,
} from '../../sh/build.ts';
import { anyString, expand, pattern, word } from '../../sh/word.ts';
import type { ImageWords } from './image-words.ts';

/** Turns of a tenth of a second; devtmpfs has the node when the write returns, so the first one does. */
const nodeTurns = 100;

const dd = busyboxApplet('dd');

/**
 * Finds the device by what sysfs says of it, not by its number: other images may be mapped, and
 * `rbd10` sorts before `rbd2`.
 */
export function findDevice(
    scope: StepScope,
    device: Variable,
    image: ImageWords,
    fsid: Fsid,
): readonly Statement[] {
    const entry = scope.local('entry');
    const turns = scope.local('turns');
    const attributes = {
        pool: image.pool,
        pool_ns: image.namespace,
        name: image.image,
        current_snap: image.snapshot,
    };
    const values = Object.entries(attributes).map(([file, expected]) => ({
        file,
        expected,
        value: scope.local(file),
    }));
    const clusterFsid = scope.local('cluster_fsid');
    return [
        forEachPath(entry, pattern`/sys/bus/rbd/devices/${anyString}`, [
            ...values.map(({ file, value }) =>
                readLine(value, word`${entry}/${file}`, orElse(assign(value, ''))),
            ),
            when(all(...values.map(({ value, expected }) => compare(value, '=', expected))), [
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
                word`${image.whole} was mapped, but /sys/bus/rbd/devices has no device with this pool, namespace and name`,
                'look at what the kernel says of rbd above',
            ),
        ]),
        when(compare(clusterFsid, '!=', fsid), [
            unmap(device),
            scope.fail(
                'RB215',
                word`the monitors belong to the cluster ${clusterFsid}, not to ${fsid}`,
                'correct "monitors" or "fsid" of the cluster in the configuration; "ceph fsid" prints the right one',
            ),
        ]),
        ...poll(turns, not(inspect('-b', device)), nodeTurns),
        when(not(inspect('-b', device)), [
            scope.fail(
                'RB210',
                word`the device node ${device} did not appear`,
                'look at what the kernel says of rbd above',
            ),
        ]),
    ];
}

/** Lets go of an image that is somebody else's, and of its lock, for which its owner may be waiting. */
function unmap(device: Variable): Statement {
    const id = expand(device, { operator: 'remove-shortest-prefix', pattern: pattern`/dev/rbd` });
    return run(
        pipeline(
            printing(id),
            command(dd, ['bs=4096', 'status=none', 'of=/sys/bus/rbd/remove_single_major']),
        ),
        ignore('the reboot ends the mapping as well'),
    );
}
