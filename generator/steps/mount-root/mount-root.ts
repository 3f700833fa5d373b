import type { FileSystem } from '../../model/file-system.ts';
import type { MountOption } from '../../model/mount-option.ts';
import { defineStep, type Step } from '../../plan/step.ts';
import type { BlockDevice, Modules, Root } from '../../plan/token.ts';
import { word } from '../../sh/word.ts';

export interface MountRootInput<Name extends FileSystem> {
    readonly device: BlockDevice;
    readonly fileSystem: Name;
    readonly modules: Modules<NoInfer<Name>>;
    /** Options of the mount. @defaultValue none */
    readonly options?: readonly MountOption[];
}

type Input = Omit<MountRootInput<FileSystem>, 'modules'> & { readonly modules: Modules<never> };

const define = defineStep<Input, Root>('mount-root', {
    contract: ["hands the device over to the initramfs' own code, which mounts it."],
    keys: ['filesystem', 'rootFlags'],
    boot: (scope, { device, fileSystem, options = [] }) => ({
        statements: [
            ...scope.environment.handOverRoot(device.path, { fileSystem, options }),
            scope.say(word`root is ${device.path}, ${[fileSystem, ...options].join(', ')}`),
        ],
        achieved: { device: device.path },
    }),
});

/** Has the initramfs mount the device as root, with its own code. */
export function mountRoot<Name extends FileSystem>(input: MountRootInput<Name>): Step<Root> {
    return define(input);
}
