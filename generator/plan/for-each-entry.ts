import type { Statement, Variable } from '../sh/ast.ts';
import { assign, inspect, repeatWhile } from '../sh/build.ts';
import { type Argument, anyString, expand, pattern, word } from '../sh/word.ts';

/** A list in one word, as it is handed over at boot, and what walks along it. */
export interface EntryList {
    readonly list: Argument;
    readonly separator: ',' | '.';
    /** Has what is left of the list. */
    readonly rest: Variable;
    /** Has the entry that it is about. */
    readonly entry: Variable;
}

/** Runs the statements with each entry of a list. */
export function forEachEntry(
    { entry, list, rest, separator }: EntryList,
    body: readonly Statement[],
): readonly Statement[] {
    return [
        assign(rest, word`${list}${separator}`),
        ...walk({ entry, list, rest, separator }, body),
    ];
}

/** The same from the second entry on. */
export function forEachFurtherEntry(
    walked: EntryList,
    body: readonly Statement[],
): readonly Statement[] {
    const { list, rest, separator } = walked;
    return [assign(rest, word`${list}${separator}`), dropFirst(walked), ...walk(walked, body)];
}

function walk(walked: EntryList, body: readonly Statement[]): readonly Statement[] {
    const { entry, rest, separator } = walked;
    const others = pattern`${separator}${anyString}`;
    const first = expand(rest, { operator: 'remove-longest-suffix', pattern: others });
    return [repeatWhile(inspect('-n', rest), [assign(entry, first), dropFirst(walked), ...body])];
}

function dropFirst({ rest, separator }: EntryList): Statement {
    const first = pattern`${anyString}${separator}`;
    return assign(rest, expand(rest, { operator: 'remove-shortest-prefix', pattern: first }));
}
