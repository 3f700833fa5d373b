import type { Statement, Variable } from '../sh/ast.ts';
import {
    arm,
    assign,
    busyboxApplet,
    capture,
    choose,
    command,
    defineFunction,
    inspect,
    orElse,
    perform,
    pipeline,
    printing,
    when,
} from '../sh/build.ts';
import { anyCharacter, anyString, expand, pattern } from '../sh/word.ts';
import { findParameterFunction, parameter, scanParameters } from './find-parameter.ts';

const tr = busyboxApplet('tr');
const x = anyCharacter;

const findMac = defineFunction(
    'find_mac',
    [
        'find_mac: does as find_parameter for rbdboot.mac, and else takes BOOTIF, which boot loaders',
        'write as 01-52-54-00-AB-CD-EF, 01 being Ethernet. Folds it to lower case with colons.',
    ],
    [
        perform(findParameterFunction, 'mac'),
        when(inspect('-z', parameter), [
            perform(
                scanParameters,
                'BOOTIF',
                '/proc/cmdline',
                '(BOOTIF) on the kernel command line',
            ),
        ]),
        capture(
            parameter,
            pipeline(printing(parameter), command(tr, ['ABCDEF-', 'abcdef:'])),
            orElse(assign(parameter, '')),
        ),
        choose(parameter, [
            arm(pattern`01:${x}${x}:${x}${x}:${x}${x}:${x}${x}:${x}${x}:${x}${x}`, [
                assign(
                    parameter,
                    expand(parameter, {
                        operator: 'remove-shortest-prefix',
                        pattern: pattern`${anyString}:`,
                    }),
                ),
            ]),
        ]),
    ],
);

/**
 * Sets the variable to the MAC address that was handed over, in whichever spelling: as
 * `rbdboot.mac`, or as `BOOTIF` (pxelinux's SYSAPPEND 2, `01-${netX/mac:hexhyp}` of iPXE).
 */
export function findMacParameter(target: Variable): readonly Statement[] {
    return [perform(findMac), assign(target, parameter)];
}
