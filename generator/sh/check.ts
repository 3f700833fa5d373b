import type { Script, ShellFunction } from './ast.ts';
import { type Facts, factsOf } from './facts.ts';
import {
    calledFrom,
    factsOfFunction,
    needsStopOnError,
    setsShared,
    sharedVariables,
} from './reach.ts';

/**
 * Refuses a script that every shell accepts and that does not do what it says. What is refused is
 * a mistake of whoever wrote a step, so the message names the function and what is wrong with it.
 *
 * - `set -e` that has no effect, since what called the function looks at its status
 *   (POSIX.1-2017, 2.14, set, -e);
 * - an assignment that is lost, since it happens in a process of its own (2.12);
 * - a local variable that is read where it does not exist, or hides another variable from a
 *   function that is called: scope is dynamic in every shell that has `local`;
 * - `break` and `continue` without a loop, `return` without a function;
 * - a function with the name of a program that the script calls.
 *
 * @throws RangeError
 */
export function checkScript({ preamble, main }: Script): void {
    const outer = factsOf([...preamble, ...main]);
    checkOutermost(outer);
    const functions = calledFrom(outer);
    const everything = [outer, ...functions.map(factsOfFunction)];
    const programs = new Set(everything.flatMap((facts) => [...facts.programs]));
    checkCalls('the script', outer);
    for (const shellFunction of functions) {
        checkFunction(shellFunction);
        if (programs.has(shellFunction.name)) {
            throw wrong(shellFunction.name, 'has the name of a program that the script calls');
        }
    }
    if (everything.some((facts) => facts.stops) && !outer.setsStopOnError) {
        throw wrong('the script', 'relies on "set -e", which it does not set');
    }
}

function checkOutermost(facts: Facts): void {
    checkLoops('the script', facts);
    if (facts.returns) {
        throw wrong('the script', 'returns, and is no function');
    }
    const local = [...facts.uses].find((variable) => variable.scope === 'local');
    if (local !== undefined) {
        throw wrong('the script', `uses ${local.name}, which is local to a function`);
    }
}

function checkFunction(shellFunction: ShellFunction): void {
    const { name } = shellFunction;
    const facts = factsOfFunction(shellFunction);
    checkLoops(name, facts);
    checkCalls(name, facts);
    const locals = new Set(shellFunction.locals.map((variable) => variable.name));
    if (locals.size < shellFunction.locals.length) {
        throw wrong(name, 'has two local variables of one name');
    }
    const foreign = [...facts.uses].find((one) => one.scope === 'local' && !locals.has(one.name));
    if (foreign !== undefined) {
        throw wrong(name, `uses ${foreign.name}, which is not among its local variables`);
    }
    const hidden = sharedVariables(shellFunction).find((one) => locals.has(one.name));
    if (hidden !== undefined) {
        throw wrong(name, `hides the variable ${hidden.name} that it or what it calls uses`);
    }
}

function checkCalls(caller: string, facts: Facts): void {
    if (facts.stopsInVain) {
        throw wrong(caller, 'relies on "set -e" where it has no effect');
    }
    for (const { function: called, place } of facts.calls) {
        if (place.tested && needsStopOnError(called)) {
            throw wrong(caller, `looks at the status of ${called.name}, which needs "set -e"`);
        }
        const lost = place.subshell ? setsShared(called) : undefined;
        if (lost !== undefined) {
            throw wrong(caller, `calls ${called.name} where what it sets (${lost.name}) is lost`);
        }
    }
}

function checkLoops(name: string, facts: Facts): void {
    if (facts.leavesNoLoop) {
        throw wrong(name, 'leaves a loop that is not there');
    }
}

function wrong(who: string, what: string): RangeError {
    return new RangeError(`${who} ${what}`);
}
