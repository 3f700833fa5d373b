import type { Condition, Statement, Variable } from '../sh/ast.ts';
import {
    all,
    assign,
    busyboxApplet,
    command,
    compare,
    ignore,
    increase,
    repeatWhile,
    run,
    when,
} from '../sh/build.ts';

const sleep = busyboxApplet('sleep');

/**
 * Waits for something that comes by itself, in turns of a tenth of a second. The first look is at
 * once, so what is there already costs no time.
 *
 * @param pending holds for as long as it has not come.
 * @param limit tenths of a second; `pending` may hold afterwards.
 * @param look runs in each turn before `pending` is asked.
 */
export function poll(
    turns: Variable,
    pending: Condition,
    limit: number,
    look: readonly Statement[] = [],
): readonly Statement[] {
    const pause = [
        run(command(sleep, ['0.1']), ignore('the next turn looks again at once')),
        increase(turns),
    ];
    return [
        assign(turns, 0),
        repeatWhile(
            all(pending, compare(turns, '-lt', limit)),
            look.length > 0 ? [...look, when(pending, pause)] : pause,
        ),
    ];
}
