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
    /** The device can only be read, and so its log cannot be replayed. @defaultValue `false` */
    readonly readOnly?: boolean;
}

/**
 * How each file system is told not to replay its log, which it does even for a read-only mount
 * (ext4(5), xfs(5), btrfs(5); btrfs has it by this name since Linux 5.9).
 */
const withoutReplay: Readonly<Record<FileSystem, string>> = Object.freeze({
    ext4: 'noload',
    xfs: 'norecovery',
    btrfs: 'rescue=nologreplay',
});

type Input = Omit<MountRootInput<FileSystem>, 'modules'> & { readonly modules: Modules<never> };

const define = defineStep<Input, Root>('mount-root', {
    contract: ["hands the device over to the initramfs' own code, which mounts it."],
    keys: ['filesystem', 'rootFlags'],
    boot(scope, { device, fileSystem, options: given = [], readOnly = false }) {
        const options = [...(readOnly ? [withoutReplay[fileSystem]] : []), ...given];
        const how = [fileSystem, ...(readOnly ? ['read-only'] : []), ...options].join(', ');
        return {
            statements: [
                ...scope.environment.handOverRoot(device.path, { fileSystem, options, readOnly }),
                scope.say(word`root is ${device.path}, ${how}`),
            ],
            achieved: { device: device.path },
        };
    },
});

/** Has the initramfs mount the device as root, with its own code. */
export function mountRoot<Name extends FileSystem>(input: MountRootInput<Name>): Step<Root> {
    return define(input);
}
