import type { Bytes } from '../../model/size.ts';
import { askKernel } from '../../plan/ask-kernel.ts';
import { stateDirectory } from '../../plan/report.ts';
import { defineStep, type StepScope } from '../../plan/step.ts';
import type { Modules, Token } from '../../plan/token.ts';
import type { SimpleCommand, Statement } from '../../sh/ast.ts';
import { busyboxApplet, command, orElse, run } from '../../sh/build.ts';
import { type Argument, word } from '../../sh/word.ts';

/** What is written to the root goes to memory. */
export type OverlaidRoot = Token<'OverlaidRoot'>;

export interface OverlayRootInput {
    readonly modules: Modules<'overlay'>;
    /** The most that what is written may take. @defaultValue half of the memory */
    readonly size?: Bytes;
}

const mkdir = busyboxApplet('mkdir');
const mount = busyboxApplet('mount');

/** What the root was mounted from stays visible here, read-only, in the running system too. */
const lower = `${stateDirectory}/lower`;

/** What was written, and the directory that overlayfs works in: for root alone. */
const written = `${stateDirectory}/overlay`;

/** Lays an overlay in memory over the root, as overlayroot and live systems do (overlayfs.rst). */
export const overlayRoot = defineStep<OverlayRootInput, OverlaidRoot>('overlay-root', {
    contract: [
        `lays an overlay in memory over the root, which stays visible in ${lower}.`,
        'What the machine writes is gone when it is off.',
    ],
    keys: ['overlay'],
    boot(scope, { size }) {
        const root = scope.environment.rootMount;
        const limit = size === undefined ? 'mode=0700' : `mode=0700,size=${size}`;
        const layers = `lowerdir=${lower},upperdir=${written}/upper,workdir=${written}/work`;
        return {
            statements: [
                ...attempt(
                    scope,
                    command(mkdir, ['-p', lower, written]),
                    'the directories of the overlay cannot be made',
                ),
                ...attempt(
                    scope,
                    command(mount, ['-t', 'tmpfs', '-o', limit, 'rbdboot-overlay', written]),
                    `no tmpfs can be mounted on ${written}`,
                ),
                // The root directory of the overlay has the mode of the upper one.
                ...attempt(
                    scope,
                    command(mkdir, ['-m', '0755', `${written}/upper`, `${written}/work`]),
                    'the directories of the overlay cannot be made',
                ),
                ...attempt(
                    scope,
                    command(mount, ['-o', 'move', root, lower]),
                    word`the root cannot be moved from ${root} to ${lower}`,
                ),
                ...attempt(
                    scope,
                    command(mount, ['-t', 'overlay', '-o', layers, 'rbdboot-overlay', root]),
                    word`no overlay can be mounted on ${root}`,
                ),
                scope.note('overlay', `in memory, over ${lower}`),
                scope.say(`what this machine writes stays in memory; its root is in ${lower}`),
            ],
            achieved: {},
        };
    },
});

function attempt(scope: StepScope, what: SimpleCommand, failed: Argument): readonly Statement[] {
    const cure = `look at what mount says above; ${askKernel('overlayfs')}; serve the kernel and the initrd of one version`;
    return [run(what, orElse(scope.fail('RB228', failed, cure)))];
}
