import type { Statement, Variable } from '../sh/ast.ts';
import {
    argumentOf,
    arm,
    assign,
    choose,
    defineFunction,
    inspect,
    orElse,
    perform,
    readLine,
    repeatWhile,
    variable,
    when,
} from '../sh/build.ts';
import { anyString, expand, pattern, word } from '../sh/word.ts';

/** Where the host archive puts its parameters, in the form of the kernel command line: one line. */
export const hostParametersFile = '/etc/rbdboot/host';

/** What was found: empty if nothing was handed over. A plan keeps these names for itself. */
export const parameter = variable('parameter', 'script');

/** Where it was found, as text for a message: `on the kernel command line`. */
export const parameterSource = variable('parameter_source', 'script');

const rest = variable('rest', 'local');
const argument = variable('argument', 'local');

export const scanParameters = defineFunction(
    'scan_parameters',
    ['scan_parameters NAME FILE WHERE: does the work of find_parameter for one file and name.'],
    [
        assign(rest, ''),
        when(inspect('-r', argumentOf(2)), [
            readLine(rest, argumentOf(2), orElse(assign(rest, ''))),
        ]),
        assign(rest, word`${rest} `),
        repeatWhile(inspect('-n', rest), [
            assign(
                argument,
                expand(rest, {
                    operator: 'remove-longest-suffix',
                    pattern: pattern` ${anyString}`,
                }),
            ),
            assign(
                rest,
                expand(rest, {
                    operator: 'remove-shortest-prefix',
                    pattern: pattern`${anyString} `,
                }),
            ),
            choose(argument, [
                arm(pattern`${argumentOf(1)}=${anyString}`, [
                    assign(
                        parameter,
                        expand(argument, {
                            operator: 'remove-shortest-prefix',
                            pattern: pattern`${anyString}=`,
                        }),
                    ),
                    assign(parameterSource, argumentOf(3)),
                ]),
            ]),
        ]),
    ],
    [rest, argument],
);

export const findParameterFunction = defineFunction(
    'find_parameter',
    [
        'find_parameter NAME: sets parameter to the value of the last rbdboot.NAME=VALUE in the host',
        'archive or on the kernel command line, which wins, and parameter_source to where it was.',
        'Both came over the network: match the value against a pattern before any use.',
    ],
    [
        assign(parameter, ''),
        assign(parameterSource, ''),
        perform(
            scanParameters,
            word`rbdboot.${argumentOf(1)}`,
            hostParametersFile,
            'in the host archive',
        ),
        perform(
            scanParameters,
            word`rbdboot.${argumentOf(1)}`,
            '/proc/cmdline',
            'on the kernel command line',
        ),
    ],
);

/** Sets the variable to what was handed over at boot under this name; empty if nothing was. */
export function findParameter(target: Variable, name: string): readonly Statement[] {
    return [perform(findParameterFunction, name), assign(target, parameter)];
}
