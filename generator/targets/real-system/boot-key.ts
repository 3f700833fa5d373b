import type { BootDirectory } from '../../model/boot-directory.ts';
import type { EmittedFile } from '../../model/emitted-file.ts';
import { keyringPath } from '../../model/keyring.ts';
import { originLine } from '../../model/origin-line.ts';
import type { Site } from '../../model/site.ts';
import {
    capture,
    command,
    exitWith,
    from,
    initramfsProgram,
    orElse,
    outputToErrors,
    pipeline,
    print,
    run,
    variable,
} from '../../sh/build.ts';
import { printScript } from '../../sh/print.ts';

export const bootKeyPath = '/usr/lib/rbdboot/boot-key';

const sed = initramfsProgram('sed');
const base64 = initramfsProgram('base64');
const keyctl = initramfsProgram('keyctl');
const modprobe = initramfsProgram('modprobe');

/** Seconds within which a mount must have taken the key. */
const lifetime = 120;

/** The program that puts the key of a host's boot directory into the keyring of root, for a while. */
export function emitBootKey(site: Site, { client }: BootDirectory): EmittedFile {
    const key = variable('key', 'script');
    const keyring = keyringPath(client);
    const script = printScript({
        kind: 'script',
        header: [
            `Puts the key of client.${client} into the keyring of root, for the mount of /boot.`,
            originLine(site),
            '',
            'Runs in the system, before boot.mount. The kernel makes a copy when it mounts.',
        ],
        preamble: [],
        main: [
            // The type of the key is unknown to the kernel without it.
            run(
                command(modprobe, ['libceph']),
                orElse(
                    print('the kernel module libceph cannot be loaded', outputToErrors),
                    exitWith(1),
                ),
            ),
            capture(
                key,
                pipeline(
                    command(sed, ['-n', 's/^[[:space:]]*key = //p'], [from(keyring)]),
                    command(base64, ['-d']),
                    command(keyctl, ['padd', 'ceph', `client.${client}`, '@u']),
                ),
                orElse(print(`there is no usable key in ${keyring}`, outputToErrors), exitWith(1)),
            ),
            run(
                command(keyctl, ['timeout', key, lifetime]),
                orElse(
                    print('the key would stay in the keyring for ever', outputToErrors),
                    run(command(keyctl, ['unlink', key, '@u']), orElse(exitWith(1))),
                    exitWith(1),
                ),
            ),
        ],
    });
    return { path: bootKeyPath.slice(1), mode: 0o755, text: script };
}
