import { luksTarget } from '../../model/luks.ts';
import { defineStep } from '../../plan/step.ts';
import type { Token } from '../../plan/token.ts';
import { command, orElse, run } from '../../sh/build.ts';
import { cryptsetup } from '../unlock-luks/cryptsetup.ts';

/** The kernel will close the container by itself. */
export type ClosingContainer = Token<'ClosingContainer'>;

/**
 * Has the kernel close the LUKS container as soon as nothing uses it any more (cryptsetup-close(8),
 * `--deferred`). At shutdown that is when the root has been unmounted: then nothing holds the image,
 * and the root in memory, which has no cryptsetup, can unmap it.
 *
 * To be run when the container is mounted: of one that nobody uses it would be the end.
 */
export const closeLuks = defineStep<Record<never, never>, ClosingContainer>('close-luks', {
    contract: ['has the kernel close the LUKS container when the root is unmounted at shutdown.'],
    keys: ['luks'],
    boot: (scope) => ({
        statements: [
            run(
                command(cryptsetup, ['close', '--deferred', luksTarget]),
                orElse(
                    scope.say(
                        `/dev/mapper/${luksTarget} will stay open at shutdown: the next boot waits for the lock of the image`,
                    ),
                ),
            ),
        ],
        achieved: {},
    }),
});
