import type { OnFailure, Statement, Variable } from '../sh/ast.ts';
import {
    argumentOf,
    arm,
    assign,
    capture,
    choose,
    command,
    defineFunction,
    inspect,
    orElse,
    print,
    readLine,
    repeatWhile,
    variable,
} from '../sh/build.ts';
import { anyString, expand, pattern, word } from '../sh/word.ts';

const rest = variable('rest', 'local');
const argument = variable('argument', 'local');
const value = variable('value', 'local');

const kernelParameter = defineFunction(
    'kernel_parameter',
    [
        'kernel_parameter NAME: prints the value of the last NAME=VALUE on the kernel command line, or',
        'nothing. What it prints came over the network: match it against a pattern before any use.',
    ],
    [
        assign(value, ''),
        readLine(rest, '/proc/cmdline', orElse(assign(rest, ''))),
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
                        value,
                        expand(argument, {
                            operator: 'remove-shortest-prefix',
                            pattern: pattern`${anyString}=`,
                        }),
                    ),
                ]),
            ]),
        ]),
        print(value),
    ],
    [rest, argument, value],
);

/** Sets the variable to what was handed over on the kernel command line; empty if nothing was. */
export function readKernelParameter(
    target: Variable,
    name: string,
    onFailure: OnFailure,
): Statement {
    return capture(target, command(kernelParameter, [name]), onFailure);
}
