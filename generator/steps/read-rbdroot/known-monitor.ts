import type { Condition, Variable } from '../../sh/ast.ts';
import {
    argumentOf,
    arm,
    assign,
    choose,
    command,
    defineFunction,
    inspect,
    repeatWhile,
    returnWith,
    succeeds,
    variable,
} from '../../sh/build.ts';
import { anyString, expand, pattern, word } from '../../sh/word.ts';

const rest = variable('rest', 'local');
const monitor = variable('monitor', 'local');

/**
 * Whether one monitor of the list is among the known ones. The list comes from the command line,
 * with commas between the monitors and `;` or a colon before a port, which is 6789 if left out
 * (the colon ends a field, so that none is left there).
 */
export function knownMonitor(list: Variable, known: readonly string[]): Condition {
    const isKnown = defineFunction(
        'names_known_monitor',
        ['names_known_monitor LIST: succeeds if one of the monitors is one of this cluster.'],
        [
            assign(rest, word`${argumentOf(1)},`),
            repeatWhile(inspect('-n', rest), [
                assign(
                    monitor,
                    expand(rest, {
                        operator: 'remove-longest-suffix',
                        pattern: pattern`,${anyString}`,
                    }),
                ),
                assign(
                    rest,
                    expand(rest, {
                        operator: 'remove-shortest-prefix',
                        pattern: pattern`${anyString},`,
                    }),
                ),
                choose(monitor, [arm(known.flatMap(spellings), [returnWith(0)])]),
            ]),
            returnWith(1),
        ],
        [rest, monitor],
    );
    return succeeds(command(isKnown, [list]));
}

function spellings(printed: string) {
    const end = printed.lastIndexOf(':');
    const [address, port] = [printed.slice(0, end), printed.slice(end + 1)];
    const withPort = pattern`${`${address};${port}`}`;
    return port === '6789' ? [pattern`${address}`, withPort] : [withPort];
}
