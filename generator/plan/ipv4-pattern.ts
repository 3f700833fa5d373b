import type { Condition } from '../sh/ast.ts';
import {
    argumentOf,
    arm,
    assign,
    choose,
    command,
    compare,
    defineFunction,
    increase,
    not,
    returnWith,
    succeeds,
    variable,
    when,
} from '../sh/build.ts';
import { type Argument, anyString, oneOf, pattern } from '../sh/word.ts';
import { forEachEntry } from './for-each-entry.ts';

const rest = variable('rest', 'local');
const number = variable('number', 'local');
const count = variable('count', 'local');
const digit = oneOf('0-9');

const isIpv4 = defineFunction(
    'is_ipv4',
    ['is_ipv4 TEXT: succeeds if the text is four numbers from 0 to 255 with dots between them.'],
    [
        assign(count, 0),
        ...forEachEntry({ list: argumentOf(1), separator: '.', rest, entry: number }, [
            choose(number, [
                arm(
                    [
                        pattern`${digit}`,
                        pattern`${digit}${digit}`,
                        pattern`${digit}${digit}${digit}`,
                    ],
                    [],
                ),
                arm(pattern`${anyString}`, [returnWith(1)]),
            ]),
            when(compare(number, '-gt', 255), [returnWith(1)]),
            increase(count),
        ]),
        when(compare(count, '-ne', 4), [returnWith(1)]),
    ],
    [rest, number, count],
);

/** Whether a text that arrived at boot is an IPv4 address, or a netmask in the same form. */
export function isIpv4Address(text: Argument): Condition {
    return succeeds(command(isIpv4, [text]));
}

export function isNoIpv4Address(text: Argument): Condition {
    return not(isIpv4Address(text));
}
