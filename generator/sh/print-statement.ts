import type { CaseArm, Condition, ForList, Redirect, Statement } from './ast.ts';
import { printCommand, printHereDocument, printRedirect } from './print-command.ts';
import { printClause } from './print-condition.ts';
import { indent, printComment, surround } from './print-lines.ts';
import { printPattern } from './print-pattern.ts';
import { printPolicy } from './print-policy.ts';
import { printAssigned, printWord } from './print-word.ts';
import { quoteLiteral } from './quote.ts';

/** Prints statements as the body of something, which the shell does not let be empty. */
export function printBody(statements: readonly Statement[]): readonly string[] {
    const lines = printBlock(statements);
    const isEmpty = lines.every((line) => line === '' || line.startsWith('#'));
    return isEmpty ? [...lines, ':'] : lines;
}

/** Prints statements: no blank line at either end, and no two of them in a row. */
export function printBlock(statements: readonly Statement[]): readonly string[] {
    const lines = statements.flatMap(printStatement);
    const last = lines.findLastIndex((line) => line !== '');
    return lines
        .slice(0, last + 1)
        .filter((line, index, all) => line !== '' || (index > 0 && all[index - 1] !== ''));
}

function printStatement(statement: Statement): readonly string[] {
    switch (statement.kind) {
        case 'run':
            return printPolicy(printCommand(statement.command), statement.onFailure, printBody);
        case 'feed': {
            const { operator, below } = printHereDocument(statement.lines);
            const lines = surround('', printCommand(statement.command), ` ${operator}`);
            return printPolicy(lines, statement.onFailure, printBody, below);
        }
        case 'print': {
            const line = `printf '%s\\n' ${printWord(statement.line)}`;
            return printPolicy(
                [withRedirects(line, statement.redirects)],
                statement.onFailure,
                printBody,
            );
        }
        case 'assign':
            return [`${statement.variable.name}=${printAssigned(statement.value)}`];
        case 'capture': {
            const lines = printCommand(statement.command);
            const head = `${statement.variable.name}=$(`;
            return printPolicy(surround(head, lines, ')'), statement.onFailure, printBody);
        }
        case 'read-line': {
            const read = `IFS= read -r ${statement.variable.name} < ${printWord(statement.file)}`;
            return printPolicy([read], statement.onFailure, printBody);
        }
        case 'if':
            return [...printIf('if', statement), 'fi'];
        case 'case':
            return [
                `case ${printWord(statement.subject)} in`,
                ...indent(statement.arms.flatMap(printArm)),
                'esac',
            ];
        case 'for':
            return printFor(statement.variable.name, statement.list, statement.body);
        case 'while':
        case 'until':
            return [
                ...printClause(statement.kind, statement.condition, 'do'),
                ...indent(printBody(statement.body)),
                'done',
            ];
        case 'group':
            return printPolicy(
                [
                    '{',
                    ...indent(printBody(statement.body)),
                    withRedirects('}', statement.redirects),
                ],
                statement.onFailure,
                printBody,
            );
        case 'background':
            return surround('', printCommand(statement.command), ' &');
        case 'leave':
            return 'status' in statement
                ? [`${statement.how} ${statement.status}`]
                : [statement.how];
        case 'stop-on-error':
            return ['set -e'];
        case 'source':
            return [`. ${quoteLiteral(statement.file)}`];
        case 'comment':
            return statement.lines.map(printComment);
        case 'blank':
            return [''];
    }
}

function printIf(
    keyword: 'if' | 'elif',
    { condition, then, otherwise }: IfParts,
): readonly string[] {
    const [next, ...others] = otherwise;
    const head = [...printClause(keyword, condition, 'then'), ...indent(printBody(then))];
    if (next?.kind === 'if' && others.length === 0) {
        return [...head, ...printIf('elif', next)];
    }
    return otherwise.length === 0 ? head : [...head, 'else', ...indent(printBody(otherwise))];
}

interface IfParts {
    readonly condition: Condition;
    readonly then: readonly Statement[];
    readonly otherwise: readonly Statement[];
}

function printFor(name: string, list: ForList, body: readonly Statement[]): readonly string[] {
    const loop = (items: string, before: readonly string[]): readonly string[] => [
        `for ${name} in ${items}; do`,
        ...indent([...before, ...printBody(body)]),
        'done',
    ];
    switch (list.kind) {
        case 'words':
            return loop(list.words.map(printWord).join(' '), []);
        case 'paths':
            return loop(printPattern(list.pattern), []);
        case 'fields':
            // The list is split once, before the first turn; only there must nothing be globbed.
            return ['set -f', ...loop(`$${list.variable.name}`, ['set +f']), 'set +f'];
    }
}

function printArm({ patterns, body }: CaseArm): readonly string[] {
    const head = `${patterns.map(printPattern).join(' | ')})`;
    const lines = printBlock(body);
    return lines.length === 0 ? [`${head} ;;`] : [head, ...indent([...lines, ';;'])];
}

function withRedirects(line: string, redirects: readonly Redirect[]): string {
    return [line, ...redirects.map(printRedirect)].join(' ');
}
