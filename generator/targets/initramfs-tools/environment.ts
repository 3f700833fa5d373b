import type { BootEnvironment } from '../../plan/environment.ts';
import {
    appendTo,
    command,
    ignore,
    initramfsProgram,
    print,
    redirected,
    run,
} from '../../sh/build.ts';
import { word } from '../../sh/word.ts';

const ipconfig = initramfsProgram('ipconfig');

/** Seconds for the whole DHCP exchange, repeats included. */
const dhcpTimeout = 60;

/** How initramfs-tools 0.142 (Debian 12) does what every target does in its own way. */
export const initramfsTools: BootEnvironment = Object.freeze({
    // Not configure_networking: it waits up to 450 s, and on Debian 12 a failure ends the script
    // that calls it (scripts/functions sources a file that is not there then).
    dhcp: (nic, onFailure) => [
        run(command(ipconfig, ['-t', dhcpTimeout, '-c', 'dhcp', '-d', nic]), onFailure),
    ],
    // init sources /conf/param.conf after each script: the way to set ROOT (initramfs-tools(7)).
    handOverRoot: (device, fileSystem) => [
        redirected(
            [print(word`ROOT=${device}`), print(`ROOTFSTYPE=${fileSystem}`)],
            [appendTo('/conf/param.conf')],
            ignore('the initramfs is in memory; if that is full, init says that it lacks ROOT'),
        ),
    ],
} satisfies BootEnvironment);
