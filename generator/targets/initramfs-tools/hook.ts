import type { Needs } from '../../plan/needs.ts';
import type { Script, Statement } from '../../sh/ast.ts';
import {
    argumentOf,
    command,
    defineFunction,
    exitWith,
    forEachWord,
    initramfsProgram,
    inspect,
    not,
    orElse,
    orStop,
    outputToErrors,
    perform,
    pipeline,
    print,
    run,
    sourceLibrary,
    stopOnError,
    targetFunction,
    to,
    variable,
    when,
} from '../../sh/build.ts';
import { expand, word } from '../../sh/word.ts';
import type { BootSubject } from '../../steps/boot-subject.ts';
import { prerequisites } from './contract.ts';

// mkinitramfs sets these two for its hooks.
const version = expand(variable('version', 'environment'), { operator: 'required' });
const destination = expand(variable('DESTDIR', 'environment'), { operator: 'required' });

const addModules = targetFunction('manual_add_modules');
const copyExec = targetFunction('copy_exec');
const modprobe = initramfsProgram('modprobe');
const install = initramfsProgram('install');
const busybox = initramfsProgram('busybox');
const grep = initramfsProgram('grep');

const stop = defineFunction(
    'stop',
    ['stop TEXT: ends mkinitramfs, since an initrd without this would not boot.'],
    [print(word`rbdboot: ${argumentOf(1)}`, outputToErrors), exitWith(1)],
);

/**
 * The hook that puts into the initrd what the boot script uses. It stops mkinitramfs when something
 * is not there: better no new initrd than one that fails in a rack.
 */
export function hook(needs: Needs, subject: BootSubject, origin: string): Script {
    return {
        kind: 'script',
        header: [
            `Puts into the initrd what the boot script of ${subject.name} uses.`,
            origin,
            '',
            'Runs in mkinitramfs (initramfs-tools(7), hooks); a failure stops it.',
        ],
        preamble: [
            stopOnError,
            ...prerequisites([]),
            sourceLibrary('/usr/share/initramfs-tools/hook-functions'),
        ],
        main: [
            ...addNeededModules(needs.modules),
            ...needs.programs.flatMap(copyProgram),
            ...needs.files.flatMap(copyFile),
            ...checkApplets(needs.applets),
        ],
    };
}

function addNeededModules(modules: readonly string[]): readonly Statement[] {
    const module = variable('module', 'script');
    return [
        // manual_add_modules passes over a module that is not there; a machine cannot.
        forEachWord(module, modules, [
            run(
                command(
                    modprobe,
                    [
                        '--set-version',
                        version,
                        '--ignore-install',
                        '--quiet',
                        '--show-depends',
                        module,
                    ],
                    [to('/dev/null')],
                ),
                orElse(perform(stop, word`the kernel ${version} has no module ${module}`)),
            ),
            run(command(addModules, [module]), orStop),
        ]),
    ];
}

function copyProgram(path: string): readonly Statement[] {
    return [
        run(
            command(copyExec, [path]),
            orElse(perform(stop, `${path} is missing: install its package in this system`)),
        ),
    ];
}

function copyFile(path: string): readonly Statement[] {
    // install sets the mode whatever the source has: files that a boot needs may hold keys.
    return [
        when(not(inspect('-r', path)), [
            perform(stop, `${path} is missing: run "rbdboot install" on this system again`),
        ]),
        run(command(install, ['-D', '-m', '0600', path, word`${destination}${path}`]), orStop),
    ];
}

function checkApplets(applets: readonly string[]): readonly Statement[] {
    const applet = variable('applet', 'script');
    return [
        forEachWord(applet, applets, [
            run(
                pipeline(command(busybox, ['--list']), command(grep, ['-q', '-x', applet])),
                orElse(
                    perform(
                        stop,
                        word`busybox is missing or has no ${applet}: install the package busybox`,
                    ),
                ),
            ),
        ]),
    ];
}
