import type { Script, ShellFunction } from './ast.ts';
import { checkScript } from './check.ts';
import { continued, fill, indent, printComment } from './print-lines.ts';
import { printBlock, printBody } from './print-statement.ts';
import { functionsOf } from './walk.ts';

/**
 * Prints a script in the form that `shfmt -ln posix -i 4 -ci -bn -sr` leaves as it is: header,
 * preamble, the functions that it uses, then what it runs. What calls a function stands behind it.
 *
 * @throws RangeError for a script that would not do what it says (see {@link checkScript}), and
 * for two different functions of one name.
 */
export function printScript(script: Script): string {
    checkScript(script);
    const early = functionsOf(script.preamble);
    const late = functionsOf(script.main);
    const printed = new Map<string, string>();
    const sections = [
        ['#!/bin/sh', ...script.header.map(printComment)],
        ...early.map((one) => printOnce(one, printed)),
        printBlock(script.preamble),
        ...late.map((one) => printOnce(one, printed)),
        printBlock(script.main),
    ];
    const text = sections
        .filter((lines) => lines.length > 0)
        .map((lines) => lines.join('\n'))
        .join('\n\n');
    return `${text}\n`;
}

/** One that is there already is not printed again. */
function printOnce(shellFunction: ShellFunction, printed: Map<string, string>): readonly string[] {
    const { name } = shellFunction;
    const lines = printFunction(shellFunction);
    const text = lines.join('\n');
    const before = printed.get(name);
    if (before !== undefined && before !== text) {
        throw new RangeError(`there are two different functions with the name ${name}`);
    }
    printed.set(name, text);
    return before === undefined ? lines : [];
}

const known = new WeakMap<ShellFunction, readonly string[]>();

/** A function never changes, so one that many scripts share is printed once for all. */
function printFunction(shellFunction: ShellFunction): readonly string[] {
    const lines = known.get(shellFunction) ?? printDefinition(shellFunction);
    known.set(shellFunction, lines);
    return lines;
}

function printDefinition({ name, contract, locals, body }: ShellFunction): readonly string[] {
    // dash lets a local without a value begin with that of the caller; every other shell, empty.
    const empty = locals.map((local) => `${local.name}=''`);
    const declaration = empty.length === 0 ? [] : continued(fill(['local', ...empty]));
    return [
        ...contract.map(printComment),
        `${name}() {`,
        ...indent([...declaration, ...printBody(body)]),
        '}',
    ];
}
