import type { FileSystem, FsckPolicy } from '../../model/file-system.ts';
import { stateDirectory } from '../../plan/report.ts';
import { defineStep, type StepScope } from '../../plan/step.ts';
import type { BlockDevice } from '../../plan/token.ts';
import type { Statement } from '../../sh/ast.ts';
import {
    assign,
    busyboxApplet,
    command,
    compare,
    errorsToOutput,
    rootProgram,
    runForStatus,
    to,
    when,
} from '../../sh/build.ts';
import { expand, word } from '../../sh/word.ts';
import { noteContents } from './note-contents.ts';
import { readType } from './read-type.ts';

export interface CheckRootInput {
    readonly device: BlockDevice;
    readonly fileSystem: FileSystem;
    /** For ext4. @defaultValue `'auto'` */
    readonly fsck?: FsckPolicy;
    /** The device can only be read, so nothing is mended. @defaultValue `false` */
    readonly readOnly?: boolean;
}

const e2fsck = rootProgram('/usr/sbin/e2fsck');
const tail = busyboxApplet('tail');

const log = `${stateDirectory}/e2fsck`;

/** Errors are left from this exit code on (e2fsck(8)); 1 is "all of them were mended". */
const leastFailure = 4;

/** Looks what file system a device has, and has e2fsck mend an ext4. */
export const checkRoot = defineStep<CheckRootInput, BlockDevice>('check-root', {
    contract: [
        'looks whether the device has the file system that it should have, and mends that',
        'as far as the configuration wants it.',
    ],
    keys: ['filesystem', 'fsck'],
    boot: (scope, { device, fileSystem, fsck = 'auto', readOnly = false }) => ({
        statements: [
            ...compareType(scope, device, fileSystem),
            ...(fileSystem === 'ext4' && fsck !== 'skip' && !readOnly
                ? mend(scope, device, fsck)
                : []),
        ],
        achieved: device,
    }),
});

function compareType(
    scope: StepScope,
    device: BlockDevice,
    fileSystem: FileSystem,
): readonly Statement[] {
    const found = scope.local('contents');
    const shown = expand(found, { operator: 'default', text: 'no file system' });
    return [
        ...readType(scope, device, found),
        when(compare(found, '!=', fileSystem), [
            ...noteContents(scope, device),
            scope.fail(
                'RB226',
                word`${device.path} has ${shown}, and should have ${fileSystem}`,
                'correct "filesystem" of this host in the configuration, or say with "partition" or "root" where on the image the root is; then run "rbdboot install" and "update-initramfs -u" in the root',
            ),
        ]),
    ];
}

// -p mends what is safe to mend and asks nothing; with -f it looks at a clean file system too.
function mend(scope: StepScope, device: BlockDevice, fsck: FsckPolicy): readonly Statement[] {
    const { path } = device;
    const { skipped, forced, repairs } = scope.environment.fsck;
    const mode = scope.local('mode');
    const status = scope.local('exit_code');
    return [
        assign(mode, fsck === 'force' ? '-fp' : '-p'),
        ...(fsck === 'force' ? [] : [when(forced, [assign(mode, '-fp')])]),
        when(repairs, [assign(mode, '-fy')]),
        when(
            skipped,
            [scope.say(word`${path} is not checked: the kernel command line says fsck.mode=skip`)],
            [
                scope.say(word`e2fsck ${mode} ${path}`),
                ...scope.reading(
                    device,
                    runForStatus(status, command(e2fsck, [mode, path], [to(log), errorsToOutput])),
                ),
                when(compare(status, '-ge', leastFailure), [
                    scope.noteOutput('e2fsck', command(tail, ['-n', 5, log])),
                    scope.fail(
                        'RB227',
                        word`e2fsck did not mend ${path}: exit code ${status}`,
                        'while this machine is off, map its image on another one and run "e2fsck -f" on the device there; or boot once with fsck.repair=yes on the kernel command line, which answers every question of e2fsck with yes',
                    ),
                ]),
                when(compare(status, '!=', 0), [
                    scope.note('e2fsck', word`mended ${path}`),
                    scope.say(word`e2fsck found errors on ${path} and mended them: see ${log}`),
                ]),
            ],
        ),
    ];
}
