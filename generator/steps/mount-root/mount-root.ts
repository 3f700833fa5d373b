import type { FileSystem } from '../../model/site.ts';
import { defineStep } from '../../plan/step.ts';
import type { BlockDevice, Modules, Root } from '../../plan/token.ts';
import { word } from '../../sh/word.ts';

export interface MountRootInput<Name extends FileSystem> {
    readonly device: BlockDevice;
    readonly fileSystem: Name;
    readonly modules: Modules<Name>;
}

/** Has the initramfs mount the device as root, with its own code. */
export const mountRoot = defineStep<MountRootInput<FileSystem>, Root>('mount-root', {
    contract: ["hands the device over to the initramfs' own code, which mounts it."],
    keys: ['filesystem'],
    boot: (scope, { device, fileSystem }) => ({
        statements: [
            ...scope.environment.handOverRoot(device.path, fileSystem),
            scope.say(word`root is ${device.path}, ${fileSystem}`),
        ],
        achieved: { device: device.path },
    }),
});
