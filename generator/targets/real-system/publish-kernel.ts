import { bootFilesScript } from '../../model/boot-files.ts';
import type { EmittedFile } from '../../model/emitted-file.ts';
import { originLine } from '../../model/origin-line.ts';
import type { Site } from '../../model/site.ts';
import {
    all,
    argumentOf,
    assign,
    breakLoop,
    capture,
    command,
    compare,
    defineFunction,
    exitWith,
    forEachField,
    initramfsProgram,
    inspect,
    orElse,
    orStop,
    outputToErrors,
    perform,
    pipeline,
    print,
    redirected,
    run,
    stopOnError,
    to,
    variable,
    when,
} from '../../sh/build.ts';
import { printScript } from '../../sh/print.ts';
import { word } from '../../sh/word.ts';

const linuxVersion = initramfsProgram('linux-version');
const mountpoint = initramfsProgram('mountpoint');
const mv = initramfsProgram('mv');
const rm = initramfsProgram('rm');
const sync = initramfsProgram('sync');

const script = `/boot/${bootFilesScript}`;
const fresh = '/boot/.rbdboot.new';

const stop = defineFunction(
    'stop',
    ['stop TEXT: ends the update, since the machine would boot what it booted before.'],
    [print(word`rbdboot: ${argumentOf(1)}`, outputToErrors), exitWith(1)],
);

const publish = defineFunction(
    'publish',
    [
        'publish VERSION FILE: names the kernel and the initrd of that version in a script of iPXE. What',
        'it names is in the cluster before the script is, and the script is there as a whole or not at all.',
    ],
    [
        redirected(
            [
                print('#!ipxe'),
                print(word`set vmlinuz vmlinuz-${argumentOf(1)}`),
                print(word`set initrd initrd.img-${argumentOf(1)}`),
            ],
            [to(fresh)],
            orStop,
        ),
        run(command(sync, ['-f', fresh]), orStop),
        run(command(mv, ['-f', fresh, argumentOf(2)]), orStop),
    ],
);

/**
 * The hook that tells the boot server which kernel and initrd of the boot directory belong together:
 * after update-initramfs made one, and after a kernel went. Both names are in one file, so that a
 * machine never boots one with the other's modules. A second file names the next older pair.
 */
export function emitPublishKernel(site: Site): readonly EmittedFile[] {
    const text = printScript(publishKernel(originLine(site)));
    return [
        // update-initramfs(8); and kernels' own, with a name behind initramfs-tools.
        { path: 'etc/initramfs/post-update.d/rbdboot-boot-files', mode: 0o755, text },
        { path: 'etc/kernel/postrm.d/zz-rbdboot-boot-files', mode: 0o755, text },
    ];
}

function publishKernel(origin: string) {
    const newest = variable('newest', 'script');
    const previous = variable('previous', 'script');
    const versions = variable('versions', 'script');
    const version = variable('version', 'script');
    return {
        kind: 'script',
        header: [
            'Tells the boot server the newest kernels in /boot that have an initrd: the first and the previous.',
            origin,
            '',
            'Runs after update-initramfs, and after a kernel was removed.',
        ],
        preamble: [stopOnError],
        main: [
            run(
                command(mountpoint, ['-q', '/boot']),
                orElse(
                    perform(
                        stop,
                        'RB314: /boot is not mounted, and what stays in the image nobody boots; to do: systemctl start boot.mount',
                    ),
                ),
            ),
            capture(
                versions,
                pipeline(
                    command(linuxVersion, ['list']),
                    command(linuxVersion, ['sort', '--reverse']),
                ),
                orStop,
            ),
            assign(newest, ''),
            assign(previous, ''),
            forEachField(version, versions, [
                when(
                    all(
                        inspect('-r', word`/boot/vmlinuz-${version}`),
                        inspect('-r', word`/boot/initrd.img-${version}`),
                    ),
                    [
                        when(
                            compare(newest, '=', ''),
                            [assign(newest, version)],
                            [assign(previous, version), breakLoop],
                        ),
                    ],
                ),
            ]),
            when(compare(newest, '=', ''), [
                perform(
                    stop,
                    'RB314: /boot has no kernel with an initrd; to do: update-initramfs -c -k all',
                ),
            ]),
            perform(publish, newest, script),
            when(
                compare(previous, '!=', ''),
                [perform(publish, previous, `${script}.old`)],
                [run(command(rm, ['-f', `${script}.old`]), orStop)],
            ),
        ],
    } as const;
}
