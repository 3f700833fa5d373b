import type { ShellFunction, Variable } from './ast.ts';
import { type Facts, factsOf } from './facts.ts';

const known = new WeakMap<ShellFunction, Facts>();

/** What a function does by itself. A function never changes, so this is found out once. */
export function factsOfFunction(shellFunction: ShellFunction): Facts {
    const facts = known.get(shellFunction) ?? factsOf(shellFunction.body);
    known.set(shellFunction, facts);
    return facts;
}

/** The functions that are called, directly or not; those that call nothing new come first. */
export function calledFrom(facts: Facts): readonly ShellFunction[] {
    const found = new Set<ShellFunction>();
    const entered = new Set<ShellFunction>();
    const enter = ({ calls }: Facts): void => {
        for (const { function: called } of calls) {
            if (!entered.has(called)) {
                entered.add(called);
                enter(factsOfFunction(called));
                found.add(called);
            }
        }
    };
    enter(facts);
    return [...found];
}

/** What the function and everything that it calls do. */
export function factsBelow(shellFunction: ShellFunction): readonly Facts[] {
    const own = factsOfFunction(shellFunction);
    return [own, ...calledFrom(own).map(factsOfFunction)];
}

/** Variables of the script and of its environment that the function or what it calls uses. */
export function sharedVariables(shellFunction: ShellFunction): readonly Variable[] {
    return factsBelow(shellFunction).flatMap(({ uses }) => [...uses].filter(isShared));
}

/** The first variable of the script that the function or what it calls sets. */
export function setsShared(shellFunction: ShellFunction): Variable | undefined {
    return factsBelow(shellFunction)
        .flatMap(({ assigns }) => [...assigns])
        .find(isShared);
}

/** Whether the function or what it calls needs `set -e`. */
export function needsStopOnError(shellFunction: ShellFunction): boolean {
    return factsBelow(shellFunction).some(({ stops }) => stops);
}

function isShared({ scope }: Variable): boolean {
    return scope !== 'local';
}
