import type {
    Command,
    DescriptorRedirect,
    FileRedirect,
    Program,
    Redirect,
    ShellFunction,
    SimpleCommand,
} from './ast.ts';
import { frozen } from './frozen.ts';
import { type Argument, toWord } from './word.ts';

/**
 * Calls a program or a function.
 *
 * @param redirects take effect from left to right, as they are printed.
 * @throws RangeError for `2>&1` before `> file`: errors would go where output went before.
 */
export function command(
    what: Program | ShellFunction,
    args: readonly Argument[] = [],
    redirects: readonly Redirect[] = [],
): SimpleCommand {
    checkOrder(redirects);
    const common = { arguments: args.map(toWord), redirects };
    return what.kind === 'program'
        ? frozen<SimpleCommand>({ kind: 'call-program', program: what, ...common })
        : frozen<SimpleCommand>({ kind: 'call-function', function: what, ...common });
}

/** Prints the text as it is, with no line break behind it: for the beginning of a pipeline. */
export function printing(text: Argument): SimpleCommand {
    return frozen<SimpleCommand>({
        kind: 'print-text',
        arguments: [toWord(text)],
        redirects: [],
    });
}

/** Its status is that of the last command. */
export function pipeline(...commands: readonly [SimpleCommand, ...SimpleCommand[]]): Command {
    const [first, ...others] = commands;
    return others.length === 0 ? first : frozen<Command>({ kind: 'pipeline', commands });
}

export function from(file: Argument): FileRedirect {
    return frozen<FileRedirect>({ kind: 'input', file: toWord(file) });
}

export function to(file: Argument): FileRedirect {
    return output(1, file, false);
}

export function appendTo(file: Argument): FileRedirect {
    return output(1, file, true);
}

export function errorsTo(file: Argument): FileRedirect {
    return output(2, file, false);
}

/** `2>&1` */
export const errorsToOutput: DescriptorRedirect = frozen<DescriptorRedirect>({
    kind: 'duplicate',
    descriptor: 2,
    onto: 1,
});

/** `>&2` */
export const outputToErrors: DescriptorRedirect = frozen<DescriptorRedirect>({
    kind: 'duplicate',
    descriptor: 1,
    onto: 2,
});

/** @throws RangeError if a descriptor is copied and the original is redirected behind that. */
export function checkOrder(redirects: readonly Redirect[]): void {
    for (const [index, copy] of redirects.entries()) {
        const late = redirects
            .slice(index)
            .some((one) => one.kind === 'output' && one.descriptor === ontoOf(copy));
        if (late) {
            throw new RangeError('a redirect to a file has to stand before what is copied from it');
        }
    }
}

function ontoOf(redirect: Redirect): number | undefined {
    return redirect.kind === 'duplicate' ? redirect.onto : undefined;
}

function output(descriptor: 1 | 2, file: Argument, append: boolean): FileRedirect {
    return frozen<FileRedirect>({ kind: 'output', descriptor, file: toWord(file), append });
}
