import type { OnFailure, Statement, Variable } from './ast.ts';
import { frozen } from './frozen.ts';

/** Go on. @param why it does not matter: a comment in the script. */
export function ignore(why: string): OnFailure {
    return frozen<OnFailure>({ kind: 'ignore', why });
}

/** These statements run: at least one, since a failure that nothing follows is {@link ignore}d. */
export function orElse(...statements: readonly [Statement, ...Statement[]]): OnFailure {
    return frozen<OnFailure>({ kind: 'handle', statements });
}

/** Go on, with the exit status in the variable: for {@link runForStatus}, which sets it to 0 before. */
export function keep(status: Variable): OnFailure {
    return frozen<OnFailure>({ kind: 'keep', status });
}

/** The script ends, since `set -e` is in force. */
export const orStop: OnFailure = frozen<OnFailure>({ kind: 'stop' });

/** For what this folder alone may say: nothing can fail, or what runs settles it by its contract. */
export const settled: OnFailure = frozen<OnFailure>({ kind: 'settled' });
