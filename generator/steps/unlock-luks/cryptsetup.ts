import { luksTarget } from '../../model/luks.ts';
import type { StepScope } from '../../plan/step.ts';
import type { BlockDevice } from '../../plan/token.ts';
import type { SimpleCommand, Statement, Variable } from '../../sh/ast.ts';
import { command, errorsToOutput, printing, rootProgram } from '../../sh/build.ts';
import { anyString, pattern, word } from '../../sh/word.ts';

/** Argon2, which LUKS2 derives keys with by default, ends threads. */
export const cryptsetup = rootProgram('/usr/sbin/cryptsetup', { endsThreads: true });

/** The device that a container is on. */
export interface ContainerDevice extends Pick<BlockDevice, 'path' | 'mapped'> {
    /** It is a snapshot: the container is opened so that nothing writes to it either. */
    readonly readOnly: boolean;
}

/** Opens the container with what it reads on its standard input; its errors go to its output. */
export function open(
    { path, readOnly }: ContainerDevice,
    ...words: readonly string[]
): SimpleCommand {
    const mode = readOnly ? ['--readonly'] : [];
    return command(
        cryptsetup,
        ['open', '--type', 'luks', ...mode, ...words, path, luksTarget],
        [errorsToOutput],
    );
}

/** What cryptsetup says of a key that opens nothing, or of none at all. */
export const wrongKey = [
    pattern`${anyString}No key available${anyString}`,
    pattern`${anyString}Nothing to read on input${anyString}`,
];

/** Says why it could not be opened at all, with what cryptsetup said of it. */
export function cannotOpen(
    scope: StepScope,
    device: Variable,
    answer: Variable,
): readonly [Statement, Statement] {
    return [
        scope.noteOutput('cryptsetup', printing(word`${answer}\n`)),
        scope.fail(
            'RB232',
            word`cryptsetup cannot open ${device}`,
            'with the image mapped on another machine, "cryptsetup luksDump /dev/rbd0" shows its header: a cipher other than aes-xts needs its kernel module in "nicModules" too',
        ),
    ];
}
