import type { StepScope } from '../../plan/step.ts';
import type { UnlockMethod } from '../../plan/unlock-method.ts';
import type { Statement } from '../../sh/ast.ts';
import { command, forEachWord, ignore, initramfsProgram, run } from '../../sh/build.ts';
import { optionalModule } from '../../sh/word.ts';

const modprobe = initramfsProgram('modprobe');

/** AES in the processor, of amd64 and arm64: what opens the container now, reads it for ever. */
const accelerators = ['aesni_intel', 'aes_ce_blk'];

/** What a keyboard needs that is not in every kernel itself: USB, PS/2 (maybe_break of initramfs-tools). */
const keyboards = [
    'i8042',
    'atkbd',
    'xhci_pci',
    'ehci_pci',
    'ohci_pci',
    'uhci_hcd',
    'usbhid',
    'hid_generic',
];

/** Loads what not every machine has, and no machine fails without. */
export function loadHelpers(scope: StepScope, kind: UnlockMethod['kind']): readonly Statement[] {
    const module = scope.local('helper');
    const names = [...accelerators, ...(kind === 'passphrase' ? keyboards : [])];
    return [
        forEachWord(module, names.map(optionalModule), [
            run(command(modprobe, [module]), ignore('not every machine has the hardware for it')),
        ]),
    ];
}
