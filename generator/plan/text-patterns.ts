import type { CaseArm, Condition, Pattern, ShellFunction } from '../sh/ast.ts';
import {
    argumentOf,
    arm,
    choose,
    command,
    defineFunction,
    returnWith,
    succeeds,
} from '../sh/build.ts';
import { type Argument, anyString, noneOf, oneOf, pattern } from '../sh/word.ts';

const anything = pattern`${anyString}`;
const nothing = pattern``;

function accept(...patterns: readonly Pattern[]): CaseArm {
    return arm(patterns, []);
}

function refuse(...patterns: readonly Pattern[]): CaseArm {
    return arm(patterns, [returnWith(1)]);
}

/** A function that succeeds if its argument falls into an arm that accepts. */
function matcher(name: string, what: string, ...arms: readonly CaseArm[]): ShellFunction {
    return defineFunction(
        name,
        [`${name} TEXT: succeeds if the text is ${what}.`],
        [choose(argumentOf(1), arms)],
    );
}

function condition(shellFunction: ShellFunction): (text: Argument) => Condition {
    return (text) => succeeds(command(shellFunction, [text]));
}

const x = oneOf('0-9a-f');

/** Six pairs of lower-case hexadecimal digits, as iPXE and sysfs print a MAC address. */
export const isMacAddress = condition(
    matcher(
        'is_mac',
        'a MAC address in lower case',
        accept(pattern`${x}${x}:${x}${x}:${x}${x}:${x}${x}:${x}${x}:${x}${x}`),
        refuse(anything),
    ),
);

/** The name of a client: nothing that splits a map string or leaves a directory. */
export const isClientName = condition(
    matcher(
        'is_client',
        'the name of a client',
        refuse(
            nothing,
            pattern`.${anyString}`,
            pattern`-${anyString}`,
            pattern`${anyString}${noneOf('A-Za-z0-9_.-')}${anyString}`,
        ),
    ),
);

/** POOL/IMAGE or POOL/NAMESPACE/IMAGE, each of letters, digits, `.`, `_` and `-`. */
export const isImageReference = condition(
    matcher(
        'is_image',
        'POOL/IMAGE or POOL/NAMESPACE/IMAGE',
        refuse(
            pattern`${anyString}${noneOf('A-Za-z0-9_./-')}${anyString}`,
            pattern`/${anyString}`,
            pattern`${anyString}/`,
            pattern`${anyString}//${anyString}`,
            pattern`-${anyString}`,
            pattern`${anyString}/-${anyString}`,
            pattern`${anyString}/${anyString}/${anyString}/${anyString}`,
        ),
        accept(pattern`${anyString}/${anyString}`),
        refuse(anything),
    ),
);
