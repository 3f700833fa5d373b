import type { ShellFunction, SimpleCommand, Statement, Word } from './ast.ts';
import { walkBody } from './walk-body.ts';

/** What is met on a walk, each in the order of the script. A function's body is walked once. */
export interface Visitor {
    readonly command?: (command: SimpleCommand) => void;
    readonly word?: (word: Word) => void;
    /** Called after the walk through its body: what it calls comes before it. */
    readonly function?: (shellFunction: ShellFunction) => void;
    readonly source?: (file: string) => void;
}

/** Walks through the statements and every function that they call, directly or not. */
export function walk(statements: readonly Statement[], visitor: Visitor): void {
    const entered = new Set<ShellFunction>();
    const enter = (body: readonly Statement[]): void =>
        walkBody(body, {
            ...(visitor.word === undefined ? {} : { word: visitor.word }),
            statement(statement) {
                if (statement.kind === 'source') {
                    visitor.source?.(statement.file);
                }
            },
            command(command) {
                visitor.command?.(command);
                if (command.kind === 'call-function' && !entered.has(command.function)) {
                    entered.add(command.function);
                    enter(command.function.body);
                    visitor.function?.(command.function);
                }
            },
        });
    enter(statements);
}

/** The functions that the statements call, directly or not: what a function calls stands before it. */
export function functionsOf(statements: readonly Statement[]): readonly ShellFunction[] {
    const functions: ShellFunction[] = [];
    walk(statements, { function: (shellFunction) => functions.push(shellFunction) });
    return functions;
}
