import { defineStep } from '../../plan/step.ts';
import type { Token } from '../../plan/token.ts';
import { busyboxApplet, command, orElse, run } from '../../sh/build.ts';

/** Nothing is mounted any more of what the real system had mounted, as far as nobody uses it. */
export type ReleasedRoot = Token<'ReleasedRoot'>;

const umount = busyboxApplet('umount');

/** Where systemd puts the root of the real system when it returns to /run/initramfs. */
const oldRoot = '/oldroot';

/**
 * Unmounts the root of the real system and all that is mounted in it. At shutdown, when systemd has
 * ended every process and has returned to the root in memory.
 *
 * Lazily (umount(8), -l), which takes the whole tree at once, in whatever order it was stacked: an
 * overlay, its lower file systems, what was mounted over something else. A file system that nobody
 * uses is written and let go before that call returns; of one that is in use, mapping tells.
 */
export const releaseRoot = defineStep<Record<never, never>, ReleasedRoot>('release-root', {
    contract: ['unmounts the root of the real system and all that is mounted in it.'],
    boot: (scope) => ({
        statements: [
            run(
                command(umount, ['-l', oldRoot]),
                orElse(scope.say(`${oldRoot} cannot be unmounted`)),
            ),
        ],
        achieved: {},
    }),
});
