import { bondModes } from '../model/bond.ts';
import type { Condition, Statement, Variable } from '../sh/ast.ts';
import {
    argumentOf,
    arm,
    assign,
    choose,
    command,
    defineFunction,
    inspect,
    not,
    repeatWhile,
    returnWith,
    succeeds,
    variable,
    when,
} from '../sh/build.ts';
import { type Argument, anyString, expand, pattern, word } from '../sh/word.ts';
import { isMacAddress } from './text-patterns.ts';

const rest = variable('rest', 'local');
const member = variable('member', 'local');

/** Runs the statements with each entry of a list that commas separate, from its second one on. */
export function forEachFurtherEntry(
    list: Argument,
    left: Variable,
    entry: Variable,
    body: readonly Statement[],
): readonly Statement[] {
    const behindComma = {
        operator: 'remove-shortest-prefix',
        pattern: pattern`${anyString},`,
    } as const;
    return [
        assign(left, word`${list},`),
        assign(left, expand(left, behindComma)),
        repeatWhile(inspect('-n', left), [
            assign(
                entry,
                expand(left, {
                    operator: 'remove-longest-suffix',
                    pattern: pattern`,${anyString}`,
                }),
            ),
            assign(left, expand(left, behindComma)),
            ...body,
        ]),
    ];
}

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
        ...forEachFurtherEntry(argumentOf(1), rest, member, [
            when(not(isMacAddress(member)), [returnWith(1)]),
        ]),
    ],
    [rest, member],
);

/** Whether a text that arrived at boot is `MODE,MAC,MAC…`. */
export function isBond(text: Argument): Condition {
    return succeeds(command(isBondFunction, [text]));
}
