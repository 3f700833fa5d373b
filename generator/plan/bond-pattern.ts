import { bondModes } from '../model/bond.ts';
import type { Condition } from '../sh/ast.ts';
import {
    argumentOf,
    arm,
    choose,
    command,
    defineFunction,
    not,
    returnWith,
    succeeds,
    variable,
    when,
} from '../sh/build.ts';
import { type Argument, anyString, pattern } from '../sh/word.ts';
import { forEachFurtherEntry } from './for-each-entry.ts';
import { isMacAddress } from './text-patterns.ts';

const rest = variable('rest', 'local');
const member = variable('member', 'local');

const isBondFunction = defineFunction(
    'is_bond',
    ['is_bond TEXT: succeeds if the text is the mode of a bond and two or more MAC addresses.'],
    [
        choose(argumentOf(1), [
            arm(
                bondModes.map((mode) => pattern`${mode},${anyString},${anyString}`),
                [],
            ),
            arm(pattern`${anyString}`, [returnWith(1)]),
        ]),
        ...forEachFurtherEntry({ list: argumentOf(1), separator: ',', rest, entry: member }, [
            when(not(isMacAddress(member)), [returnWith(1)]),
        ]),
    ],
    [rest, member],
);

/** Whether a text that arrived at boot is `MODE,MAC,MAC…`. */
export function isBond(text: Argument): Condition {
    return succeeds(command(isBondFunction, [text]));
}
