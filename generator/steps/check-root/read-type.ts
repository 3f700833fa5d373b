import type { StepScope } from '../../plan/step.ts';
import type { BlockDevice } from '../../plan/token.ts';
import type { Statement, Variable } from '../../sh/ast.ts';
import { assign, capture, command, orElse, rootProgram } from '../../sh/build.ts';

// The one of util-linux: busybox has an applet of that name that knows fewer formats.
const blkid = rootProgram('/usr/sbin/blkid');

/**
 * Reads from a device itself what is on it.
 *
 * @param found becomes the type that blkid knows it by, as `ext4` or `crypto_LUKS`; empty for none.
 */
export function readType(
    scope: StepScope,
    device: BlockDevice,
    found: Variable,
): readonly Statement[] {
    return scope.reading(device, [
        capture(
            found,
            command(blkid, ['-p', '-o', 'value', '-s', 'TYPE', device.path]),
            orElse(assign(found, '')),
        ),
    ]);
}
