import { luksTarget } from '../../model/luks.ts';
import type { StepScope } from '../../plan/step.ts';
import type { Statement, Variable } from '../../sh/ast.ts';
import { busyboxApplet, command, not, succeeds, when } from '../../sh/build.ts';
import { word } from '../../sh/word.ts';

const grep = busyboxApplet('grep');

/** What the hook of cryptsetup-initramfs made of /etc/crypttab. */
const table = '/cryptroot/crypttab';

/**
 * The script of cryptsetup-initramfs runs after all others of local-top: its prerequisites are all of
 * them (scripts/local-top/cryptroot). A `cryptopts=` on the kernel command line replaces the table.
 */
export function leaveToCrypttab(
    scope: StepScope,
    device: Variable,
    container: Variable,
): readonly Statement[] {
    return [
        when(
            not(
                succeeds(
                    command(grep, [
                        '-q',
                        '-s',
                        '-E',
                        `^${luksTarget}[[:space:]]|(^| )cryptopts=`,
                        table,
                        '/proc/cmdline',
                    ]),
                ),
            ),
            [
                scope.fail(
                    'RB234',
                    `the initrd has no target "${luksTarget}" in its ${table}`,
                    `write a line "${luksTarget} UUID=... none luks,initramfs" into /etc/crypttab of the root, with what "blkid -s UUID -o value /dev/rbd0" prints, and run "update-initramfs -u" there`,
                ),
            ],
        ),
        scope.note('luks', word`${container} on ${device}, left to cryptsetup-initramfs`),
        scope.say(word`cryptsetup-initramfs opens ${device} as ${container}`),
    ];
}
