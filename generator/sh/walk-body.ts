import type {
    Command,
    Condition,
    OnFailure,
    Redirect,
    SimpleCommand,
    Statement,
    Variable,
} from './ast.ts';
import { type ReadingVisitor, walkPattern, walkWord } from './walk-word.ts';

/** Where in a body something stands, as far as it matters to what it does. */
export interface Place {
    /** What follows looks at the status here, so `set -e` has no effect. */
    readonly tested: boolean;
    /** Assignments are lost: a pipeline or a command substitution has a process of its own. */
    readonly subshell: boolean;
    /** There is a loop around it. */
    readonly inLoop: boolean;
}

/** What is met on a walk through one body, in the order of the script. */
export interface BodyVisitor extends ReadingVisitor {
    readonly statement?: (statement: Statement, place: Place) => void;
    /** Called after the command's words. The walk does not go into the function that it calls. */
    readonly command?: (command: SimpleCommand, place: Place) => void;
    readonly assigns?: (variable: Variable) => void;
}

const outermost: Place = Object.freeze({ tested: false, subshell: false, inLoop: false });

export function walkBody(statements: readonly Statement[], visitor: BodyVisitor): void {
    walkStatements(statements, visitor, outermost);
}

function walkStatements(
    statements: readonly Statement[],
    visitor: BodyVisitor,
    place: Place,
): void {
    for (const statement of statements) {
        visitor.statement?.(statement, place);
        walkStatement(statement, visitor, place);
        if ('onFailure' in statement) {
            walkPolicy(statement.onFailure, visitor, place);
        }
    }
}

function walkPolicy(onFailure: OnFailure, visitor: BodyVisitor, place: Place): void {
    if (onFailure.kind === 'handle') {
        walkStatements(onFailure.statements, visitor, place);
    } else if (onFailure.kind === 'keep') {
        assigns(onFailure.status, visitor);
    }
}

function walkStatement(statement: Statement, visitor: BodyVisitor, place: Place): void {
    switch (statement.kind) {
        case 'run':
            walkCommand(statement.command, visitor, testedBy(statement.onFailure, place));
            break;
        case 'feed':
            for (const line of statement.lines) {
                walkWord(line, visitor);
            }
            walkCommand(statement.command, visitor, testedBy(statement.onFailure, place));
            break;
        case 'capture': {
            const inside = { ...testedBy(statement.onFailure, place), subshell: true };
            walkCommand(statement.command, visitor, inside);
            assigns(statement.variable, visitor);
            break;
        }
        case 'print':
            walkWord(statement.line, visitor);
            walkRedirects(statement.redirects, visitor);
            break;
        case 'assign':
            walkWord(statement.value, visitor);
            assigns(statement.variable, visitor);
            break;
        case 'read-line':
            walkWord(statement.file, visitor);
            assigns(statement.variable, visitor);
            break;
        case 'if':
            walkCondition(statement.condition, visitor, place);
            walkStatements(statement.then, visitor, place);
            walkStatements(statement.otherwise, visitor, place);
            break;
        case 'case':
            walkWord(statement.subject, visitor);
            for (const { patterns, body } of statement.arms) {
                for (const pattern of patterns) {
                    walkPattern(pattern, visitor);
                }
                walkStatements(body, visitor, place);
            }
            break;
        case 'for':
            walkList(statement.list, visitor);
            assigns(statement.variable, visitor);
            walkStatements(statement.body, visitor, { ...place, inLoop: true });
            break;
        case 'while':
        case 'until':
            walkCondition(statement.condition, visitor, place);
            walkStatements(statement.body, visitor, { ...place, inLoop: true });
            break;
        case 'group':
            walkRedirects(statement.redirects, visitor);
            walkStatements(statement.body, visitor, testedBy(statement.onFailure, place));
            break;
        case 'background':
            // A failure in there ends it alone, so "set -e" does not do what it does elsewhere.
            walkCommand(statement.command, visitor, { ...place, tested: true, subshell: true });
            break;
        case 'leave':
        case 'stop-on-error':
        case 'source':
        case 'comment':
        case 'blank':
            break;
    }
}

function walkCommand(command: Command, visitor: BodyVisitor, place: Place): void {
    if (command.kind === 'pipeline') {
        for (const part of command.commands) {
            walkCommand(part, visitor, { ...place, subshell: true });
        }
        return;
    }
    for (const argument of command.arguments) {
        walkWord(argument, visitor);
    }
    walkRedirects(command.redirects, visitor);
    visitor.command?.(command, place);
}

function walkCondition(condition: Condition, visitor: BodyVisitor, place: Place): void {
    switch (condition.kind) {
        case 'succeeds':
            walkCommand(condition.command, visitor, { ...place, tested: true });
            break;
        case 'compare':
            walkWord(condition.left, visitor);
            walkWord(condition.right, visitor);
            break;
        case 'inspect':
            walkWord(condition.word, visitor);
            break;
        case 'not':
            walkCondition(condition.condition, visitor, place);
            break;
        case 'all':
        case 'any':
            for (const one of condition.conditions) {
                walkCondition(one, visitor, place);
            }
            break;
    }
}

function walkList(list: Extract<Statement, { kind: 'for' }>['list'], visitor: BodyVisitor): void {
    switch (list.kind) {
        case 'words':
            for (const word of list.words) {
                walkWord(word, visitor);
            }
            break;
        case 'paths':
            walkPattern(list.pattern, visitor);
            break;
        case 'fields':
            visitor.reads?.(list.variable);
            break;
    }
}

function walkRedirects(redirects: readonly Redirect[], visitor: BodyVisitor): void {
    for (const redirect of redirects) {
        if (redirect.kind !== 'duplicate') {
            walkWord(redirect.file, visitor);
        }
    }
}

function assigns(variable: Variable, visitor: BodyVisitor): void {
    visitor.assigns?.(variable);
}

function testedBy({ kind }: OnFailure, place: Place): Place {
    return kind === 'stop' || kind === 'settled' ? place : { ...place, tested: true };
}
