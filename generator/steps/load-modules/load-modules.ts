import { defineStep, type Step } from '../../plan/step.ts';
import type { Modules } from '../../plan/token.ts';
import { command, forEachWord, initramfsProgram, orElse, run } from '../../sh/build.ts';
import { moduleName, word } from '../../sh/word.ts';

const modprobe = initramfsProgram('modprobe');

interface Input {
    readonly modules: readonly string[];
}

const define = defineStep<Input, Modules<string>>('load-modules', {
    contract: ['loads the kernel modules; the hook has put them into the initrd.'],
    keys: ['nicModules', 'filesystem'],
    boot(scope, { modules }) {
        const module = scope.local('module');
        const load = run(
            command(modprobe, [module]),
            orElse(
                scope.fail(
                    'RB201',
                    word`the kernel module ${module} could not be loaded`,
                    'serve the kernel and the initrd of one version; "update-initramfs -u" in the root makes the initrd',
                ),
            ),
        );
        return {
            statements: [
                scope.say(`loading ${modules.join(', ')}`),
                forEachWord(module, modules.map(moduleName), [load]),
            ],
            achieved: { loaded: Object.fromEntries(modules.map((name) => [name, true])) },
        };
    },
});

/**
 * Loads kernel modules, in this order, with what they depend on.
 *
 * @param modules names that later steps ask for by type, as `'rbd'` and `'ext4'`.
 * @param others names that no step asks for, as the drivers of a NIC.
 */
export function loadModules<const Name extends string>(
    modules: readonly Name[],
    others: readonly string[] = [],
): Step<Modules<Name>> {
    // The record that define() makes has exactly these names, which its own type cannot say.
    return define({ modules: [...others, ...modules] }) as Step<Modules<Name>>;
}
