import type { StepScope } from '../../plan/step.ts';
import type { BlockDevice } from '../../plan/token.ts';
import type { Statement, Variable } from '../../sh/ast.ts';
import { command, forEachPath, inspect, rootProgram, when } from '../../sh/build.ts';
import { anyString, pattern } from '../../sh/word.ts';

const blkid = rootProgram('/usr/sbin/blkid');

/**
 * Keeps for the report of a failure what blkid finds on a device and on its partitions, a line each.
 * What stands in labels is shown by blkid in a form that no terminal takes for commands.
 */
export function noteContents(scope: StepScope, device: BlockDevice): readonly Statement[] {
    const part = scope.local('part');
    // No cache of what was there at some other time.
    const contents = (of: Variable) =>
        scope.noteOutput('blkid', command(blkid, ['-c', '/dev/null', of]));
    return scope.reading(device, [
        contents(device.path),
        forEachPath(part, pattern`${device.path}p${anyString}`, [
            when(inspect('-b', part), [contents(part)]),
        ]),
    ]);
}
