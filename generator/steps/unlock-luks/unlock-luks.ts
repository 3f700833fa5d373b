import { luksTarget } from '../../model/luks.ts';
import { askKernel } from '../../plan/ask-kernel.ts';
import { defineStep, type StepScope } from '../../plan/step.ts';
import type { BlockDevice, Modules } from '../../plan/token.ts';
import type { UnlockMethod } from '../../plan/unlock-method.ts';
import type { Statement, Variable } from '../../sh/ast.ts';
import { assign, compare, inspect, not, when } from '../../sh/build.ts';
import { expand, word } from '../../sh/word.ts';
import { noteContents } from '../check-root/note-contents.ts';
import { readType } from '../check-root/read-type.ts';
import { askPassphrase } from './ask-passphrase.ts';
import { leaveToCrypttab } from './leave-to-crypttab.ts';
import { loadHelpers } from './load-helpers.ts';
import { useKeyFile } from './use-key-file.ts';

export interface UnlockLuksInput {
    readonly device: BlockDevice;
    readonly modules: Modules<'dm_crypt'>;
    readonly method: UnlockMethod;
    /** The device cannot be written to. @defaultValue false */
    readonly readOnly?: boolean;
}

/** Opens the LUKS container on a device. */
export const unlockLuks = defineStep<UnlockLuksInput, BlockDevice>('unlock-luks', {
    contract: [
        'opens the LUKS container on the device as /dev/mapper/root. A key is never in an',
        'argument, in the environment or in /run. Sets container, the device with the root.',
    ],
    keys: ['luks'],
    boot(scope, { device, method, readOnly = false }) {
        const { path } = device;
        const onDevice = { ...device, readOnly };
        const container = scope.global('container');
        return {
            statements: [
                ...expectLuks(scope, device),
                assign(container, `/dev/mapper/${luksTarget}`),
                ...(method.kind === 'crypttab'
                    ? leaveToCrypttab(scope, path, container)
                    : [
                          ...loadHelpers(scope, method.kind),
                          ...(method.kind === 'passphrase'
                              ? askPassphrase(scope, onDevice, method.tries)
                              : useKeyFile(scope, onDevice, method.handedOver)),
                          ...expectOpened(scope, path, container),
                      ]),
            ],
            achieved: { ...device, path: container },
        };
    },
});

function expectLuks(scope: StepScope, device: BlockDevice): readonly Statement[] {
    const found = scope.local('contents');
    return [
        ...readType(scope, device, found),
        when(compare(found, '!=', 'crypto_LUKS'), [
            ...noteContents(scope, device),
            scope.fail(
                'RB230',
                word`${device.path} holds no LUKS container, but ${expand(found, { operator: 'default', text: 'nothing that blkid knows' })}`,
                'correct "image" or "luks" of this host in the configuration; with the image mapped on another machine, "cryptsetup isLuks -v /dev/rbd0" says the same of it',
            ),
        ]),
    ];
}

function expectOpened(
    scope: StepScope,
    device: Variable,
    container: Variable,
): readonly Statement[] {
    return [
        when(not(inspect('-b', container)), [
            scope.fail(
                'RB232',
                word`${device} was opened, but there is no ${container}`,
                askKernel('device-mapper'),
            ),
        ]),
        scope.note('luks', word`${container} on ${device}`),
        scope.say(word`the LUKS container on ${device} is ${container}`),
    ];
}
