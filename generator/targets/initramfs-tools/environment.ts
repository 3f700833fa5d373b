import type { BootEnvironment } from '../../plan/environment.ts';
import type { Word } from '../../sh/ast.ts';
import {
    appendTo,
    command,
    compare,
    ignore,
    initramfsProgram,
    print,
    redirected,
    run,
    sourceLibrary,
    targetFunction,
    variable,
} from '../../sh/build.ts';
import { expand, word } from '../../sh/word.ts';

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
    // Its own panic, of which administrators know the prompt: it runs what other packages have to do
    // before a shell (scripts/panic), and finds the console.
    openShell: [
        sourceLibrary('/scripts/functions'),
        run(command(targetFunction('panic'), ['']), ignore('what follows is a reboot in any case')),
    ],
    // init sources /conf/param.conf after each script: the way to set ROOT (initramfs-tools(7)).
    // Each line is shell. checkfs of scripts/functions would check again what a step has checked.
    handOverRoot: (device, { fileSystem, options, readOnly }) => [
        redirected(
            [
                print(word`ROOT=${device}`),
                print(`ROOTFSTYPE=${fileSystem}`),
                ...(options.length === 0 ? [] : [print(`ROOTFLAGS='-o ${options.join(',')}'`)]),
                ...(readOnly ? [print('readonly=y')] : []),
                print('fastboot=y'),
                // With ip= on its command line init of 0.148 would now configure any NIC that there is.
                print('IP=none'),
            ],
            [appendTo('/conf/param.conf')],
            ignore('the initramfs is in memory; if that is full, init says that it lacks ROOT'),
        ),
    ],
    rootMount: variable('rootmnt', 'environment'),
    // init sets these by fsck.mode= and fsck.repair= of the command line, and exports them.
    fsck: Object.freeze({
        skipped: compare(orNo('fastboot'), '=', 'y'),
        forced: compare(orNo('forcefsck'), '=', 'y'),
        repairs: compare(orNo('fsckfix'), '=', 'y'),
    }),
} satisfies BootEnvironment);

function orNo(name: string): Word {
    return expand(variable(name, 'environment'), { operator: 'default', text: 'n' });
}
