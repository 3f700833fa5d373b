import { luksKeyFile } from '../../model/luks.ts';
import type { StepScope } from '../../plan/step.ts';
import type { Statement } from '../../sh/ast.ts';
import {
    arm,
    assign,
    busyboxApplet,
    capture,
    choose,
    command,
    from,
    inspect,
    not,
    orElse,
    pipeline,
    when,
} from '../../sh/build.ts';
import { anyString, carriedFile, pattern, toWord, word } from '../../sh/word.ts';
import { type ContainerDevice, cannotOpen, open, wrongKey } from './cryptsetup.ts';

const base64 = busyboxApplet('base64');

/** Opens the container with the key of the initrd, which is decoded into a pipe. */
export function useKeyFile(
    scope: StepScope,
    container: ContainerDevice,
    handedOver: boolean,
): readonly Statement[] {
    const device = container.path;
    const opened = scope.local('opened');
    const answer = scope.local('answer');
    const file = handedOver ? toWord(luksKeyFile) : carriedFile(luksKeyFile);
    const cure = handedOver
        ? 'write the host archive anew with "rbdboot ipxe", and let the iPXE script load it as a second initrd'
        : 'put the key into the root with "rbdboot install", then run "update-initramfs -u" there';
    return [
        when(not(inspect('-r', file)), [
            scope.fail('RB233', word`the initrd has no ${file}`, cure),
        ]),
        assign(opened, 'yes'),
        ...scope.reading(container, [
            capture(
                answer,
                pipeline(command(base64, ['-d'], [from(file)]), open(container, '--key-file', '-')),
                orElse(assign(opened, '')),
            ),
        ]),
        when(inspect('-z', opened), [
            choose(answer, [
                arm(wrongKey, [
                    scope.fail(
                        'RB231',
                        word`the key of the initrd does not open ${device}`,
                        `add the key file of the configuration to the container, with the image mapped on another machine: cryptsetup luksAddKey /dev/rbd0 KEYFILE; or ${cure}`,
                    ),
                ]),
                arm(pattern`${anyString}`, cannotOpen(scope, device, answer)),
            ]),
        ]),
    ];
}
