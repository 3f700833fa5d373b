import type { Needs } from '../../plan/needs.ts';
import type { Script, Statement } from '../../sh/ast.ts';
import {
    all,
    argumentOf,
    command,
    comment,
    defineFunction,
    forEachPath,
    forEachWord,
    initramfsProgram,
    inspect,
    not,
    orElse,
    orStop,
    perform,
    returnWith,
    run,
    sourceLibrary,
    stopOnError,
    succeeds,
    targetFunction,
    to,
    variable,
    when,
} from '../../sh/build.ts';
import { anyString, pattern, word } from '../../sh/word.ts';
import type { BootSubject } from '../../steps/boot-subject.ts';
import { checkOtherScripts } from './check-other-scripts.ts';
import { prerequisites } from './contract.ts';
import { destination, stop, version } from './hook-words.ts';
import { packageOf } from './package-of.ts';

const addModules = targetFunction('manual_add_modules');
const copyExec = targetFunction('copy_exec');
const modprobe = initramfsProgram('modprobe');
const install = initramfsProgram('install');
const cmp = initramfsProgram('cmp');
const rm = initramfsProgram('rm');

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
            ...addOptionalModules(needs.optionalModules),
            ...needs.programs.flatMap(copyProgram),
            ...(needs.endsThreads ? copyLibgcc() : []),
            ...needs.files.flatMap(copyFile),
            ...carryApplets(needs.applets),
            ...checkGiven(needs.given),
            ...checkOtherScripts(),
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

function addOptionalModules(modules: readonly string[]): readonly Statement[] {
    const module = variable('optional_module', 'script');
    return [
        // Not every kernel has all of these; manual_add_modules passes over what is not there.
        forEachWord(module, modules, [run(command(addModules, [module]), orStop)]),
    ];
}

/** copy_exec copies what a program is linked with, and nothing is linked with this. */
function copyLibgcc(): readonly Statement[] {
    const library = variable('library', 'script');
    return [
        forEachPath(library, pattern`/usr/lib/${anyString}/libgcc_s.so.1`, [
            run(
                command(copyExec, [library]),
                orElse(perform(stop, 'libgcc_s.so.1 is missing: install the package libgcc-s1')),
            ),
        ]),
    ];
}

function copyProgram(path: string): readonly Statement[] {
    return [
        run(
            command(copyExec, [path]),
            orElse(perform(stop, `${path} is missing: install ${packageOf(path)} in this system`)),
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

/** Where the PATH of the initramfs leads, below the tree that becomes the initrd. */
const searched = ['bin', 'sbin'];

const directory = variable('directory', 'local');
const inInitrd = word`${destination}/${directory}/${argumentOf(1)}`;

/**
 * Debian's hook of busybox links every applet. Ubuntu's busybox-initramfs has neither base64 nor dd,
 * whatever other busybox is installed; klibc's dd, which stands in, knows no status=none. This is
 * found out from the initrd itself, not from the release: what is missing there is copied.
 */
const carry = defineFunction(
    'carry',
    [
        'carry NAME: sees to it that the initrd has this program in full: as an applet of busybox, or',
        "else the one of this system. Where busybox lacks it, klibc's of that name takes few options.",
    ],
    [
        forEachWord(directory, searched, [
            when(
                all(
                    inspect('-x', inInitrd),
                    not(
                        succeeds(
                            command(cmp, [
                                '-s',
                                inInitrd,
                                word`/usr/lib/klibc/bin/${argumentOf(1)}`,
                            ]),
                        ),
                    ),
                ),
                [returnWith(0)],
            ),
        ]),
        forEachWord(
            directory,
            ['/usr/bin', '/bin', '/usr/sbin', '/sbin'],
            [
                when(inspect('-x', word`${directory}/${argumentOf(1)}`), [
                    comment('copy_exec leaves a file alone that is there already.'),
                    run(command(rm, ['-f', word`${destination}/bin/${argumentOf(1)}`]), orStop),
                    run(
                        command(copyExec, [
                            word`${directory}/${argumentOf(1)}`,
                            word`/bin/${argumentOf(1)}`,
                        ]),
                        orStop,
                    ),
                    returnWith(0),
                ]),
            ],
        ),
        perform(
            stop,
            word`neither busybox nor this system has ${argumentOf(1)}: install the package busybox`,
        ),
    ],
    [directory],
);

function carryApplets(applets: readonly string[]): readonly Statement[] {
    const applet = variable('applet', 'script');
    return [forEachWord(applet, applets, [perform(carry, applet)])];
}

function checkGiven(programs: readonly string[]): readonly Statement[] {
    const program = variable('program', 'script');
    return [
        // What the hooks of other packages put in has been put in: ours run after all of them.
        forEachWord(program, programs, [
            when(
                all(
                    ...searched.map((place) =>
                        not(inspect('-x', word`${destination}/${place}/${program}`)),
                    ),
                ),
                [
                    perform(
                        stop,
                        word`the initrd has no ${program}: run "apt-get install --reinstall initramfs-tools-core busybox klibc-utils kmod udev"`,
                    ),
                ],
            ),
        ]),
    ];
}
