import type { Command, Condition, Redirect, ShellFunction, Statement, Word } from './ast.ts';

/** What is met on a walk, each in the order of the script. A function's body is walked once. */
export interface Visitor {
    readonly command?: (command: Command) => void;
    readonly word?: (word: Word) => void;
    /** Called after the walk through its body: what it calls comes before it. */
    readonly function?: (shellFunction: ShellFunction) => void;
    readonly source?: (file: string) => void;
}

export function walk(statements: readonly Statement[], visitor: Visitor): void {
    const entered = new Set<ShellFunction>();

    const visitAll = (all: readonly Statement[]): void => all.forEach(visit);
    const visitWord = (word: Word): void => visitor.word?.(word);
    const visitRedirect = (redirect: Redirect): void => {
        if (redirect.kind !== 'duplicate') {
            visitWord(redirect.file);
        }
    };

    function visitCommand(command: Command): void {
        if (command.kind === 'pipeline') {
            command.commands.forEach(visitCommand);
            return;
        }
        visitor.command?.(command);
        command.arguments.forEach(visitWord);
        command.redirects.forEach(visitRedirect);
        if (command.kind === 'call-function' && !entered.has(command.function)) {
            entered.add(command.function);
            visitAll(command.function.body);
            visitor.function?.(command.function);
        }
    }

    function visitCondition(condition: Condition): void {
        switch (condition.kind) {
            case 'succeeds':
                visitCommand(condition.command);
                break;
            case 'compare':
                visitWord(condition.left);
                visitWord(condition.right);
                break;
            case 'inspect':
                visitWord(condition.word);
                break;
            case 'not':
                visitCondition(condition.condition);
                break;
            case 'all':
            case 'any':
                condition.conditions.forEach(visitCondition);
                break;
        }
    }

    function visit(statement: Statement): void {
        switch (statement.kind) {
            case 'run':
            case 'capture':
                visitCommand(statement.command);
                break;
            case 'print':
                visitWord(statement.line);
                statement.redirects.forEach(visitRedirect);
                break;
            case 'assign':
                visitWord(statement.value);
                break;
            case 'read-line':
                visitWord(statement.file);
                break;
            case 'if':
                visitCondition(statement.condition);
                visitAll(statement.then);
                visitAll(statement.otherwise);
                break;
            case 'case':
                visitWord(statement.subject);
                for (const { body } of statement.arms) {
                    visitAll(body);
                }
                break;
            case 'for':
                for (const item of statement.list) {
                    if (item.kind === 'word') {
                        visitWord(item);
                    }
                }
                visitAll(statement.body);
                break;
            case 'while':
            case 'until':
                visitCondition(statement.condition);
                visitAll(statement.body);
                break;
            case 'group':
                visitAll(statement.body);
                statement.redirects.forEach(visitRedirect);
                break;
            case 'source':
                visitor.source?.(statement.file);
                break;
            default:
                break;
        }
        if ('onFailure' in statement && statement.onFailure.kind === 'handle') {
            visitAll(statement.onFailure.statements);
        }
    }

    visitAll(statements);
}

/** The functions that the statements call, directly or not: what a function calls stands before it. */
export function functionsOf(statements: readonly Statement[]): readonly ShellFunction[] {
    const functions: ShellFunction[] = [];
    walk(statements, { function: (shellFunction) => functions.push(shellFunction) });
    return functions;
}
