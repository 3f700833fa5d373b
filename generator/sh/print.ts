import type { CaseArm, OnFailure, Script, ShellFunction, Statement } from './ast.ts';
import { lineWidth, printCommand, printCondition, printRedirect } from './print-command.ts';
import { printAssigned, printPattern, printWord } from './print-word.ts';
import { functionsOf } from './walk.ts';

const indentation = '    ';

/**
 * Prints a script in the form that `shfmt -ln posix -i 4 -ci -bn -sr` leaves as it is: header,
 * preamble, the functions that it uses, then what it runs. What calls a function stands behind it.
 */
export function printScript(script: Script): string {
    const early = functionsOf(script.preamble);
    const late = functionsOf(script.main).filter((one) => !early.includes(one));
    const sections = [
        ['#!/bin/sh', ...script.header.map(printCommentLine)],
        ...early.map(printFunction),
        printBlock(script.preamble, ''),
        ...late.map(printFunction),
        printBlock(script.main, ''),
    ];
    const text = sections
        .filter((lines) => lines.length > 0)
        .map((lines) => lines.join('\n'))
        .join('\n\n');
    return `${text}\n`;
}

function printFunction(shellFunction: ShellFunction): readonly string[] {
    const locals = shellFunction.locals.map(({ name }) => name);
    return [
        ...shellFunction.contract.map(printCommentLine),
        `${shellFunction.name}() {`,
        ...(locals.length > 0 ? [`${indentation}local ${locals.join(' ')}`] : []),
        ...printBlock(shellFunction.body, indentation),
        '}',
    ];
}

function printBlock(statements: readonly Statement[], indent: string): readonly string[] {
    return statements.flatMap(printStatement).map((line) => (line === '' ? '' : indent + line));
}

function printBody(statements: readonly Statement[]): readonly string[] {
    return statements.length > 0 ? printBlock(statements, indentation) : [`${indentation}:`];
}

function printStatement(statement: Statement): readonly string[] {
    switch (statement.kind) {
        case 'run':
            return withPolicy(continued(printCommand(statement.command)), statement.onFailure);
        case 'print':
            return [
                [
                    'printf',
                    "'%s\\n'",
                    printWord(statement.line),
                    ...statement.redirects.map(printRedirect),
                ].join(' '),
            ];
        case 'assign':
            return [`${statement.variable.name}=${printAssigned(statement.value)}`];
        case 'capture': {
            const lines = continued(printCommand(statement.command));
            const head = `${statement.variable.name}=$(`;
            return withPolicy(surround(head, lines, ')'), statement.onFailure);
        }
        case 'read-line': {
            const read = `read -r ${statement.variable.name} < ${printWord(statement.file)}`;
            return withPolicy([read], statement.onFailure);
        }
        case 'if':
            return [
                `if ${printCondition(statement.condition)}; then`,
                ...printBody(statement.then),
                ...(statement.otherwise.length > 0
                    ? ['else', ...printBody(statement.otherwise)]
                    : []),
                'fi',
            ];
        case 'case':
            return [
                `case ${printWord(statement.subject)} in`,
                ...statement.arms.flatMap(printArm),
                'esac',
            ];
        case 'for': {
            const list = statement.list.map(printListItem);
            return [
                `for ${statement.variable.name} in ${list.join(' ')}; do`,
                ...printBody(statement.body),
                'done',
            ];
        }
        case 'while':
        case 'until':
            return [
                `${statement.kind} ${printCondition(statement.condition)}; do`,
                ...printBody(statement.body),
                'done',
            ];
        case 'group':
            return [
                '{',
                ...printBody(statement.body),
                ['}', ...statement.redirects.map(printRedirect)].join(' '),
            ];
        case 'leave':
            return [
                [statement.how, statement.status].filter((word) => word !== undefined).join(' '),
            ];
        case 'stop-on-error':
            return ['set -e'];
        case 'source':
            return [`. ${statement.file}`];
        case 'comment':
            return statement.lines.map(printCommentLine);
        case 'blank':
            return [''];
    }
}

type ListItem = Extract<Statement, { kind: 'for' }>['list'][number];

function printListItem(item: ListItem): string {
    switch (item.kind) {
        case 'word':
            return printWord(item);
        case 'pattern':
            return printPattern(item);
        case 'fields':
            return `$${item.variable.name}`;
    }
}

function printArm({ patterns, body }: CaseArm): readonly string[] {
    const head = `${indentation}${patterns.map(printPattern).join(' | ')})`;
    if (body.length === 0) {
        return [`${head} ;;`];
    }
    const inner = indentation + indentation;
    return [head, ...printBlock(body, inner), `${inner};;`];
}

function withPolicy(lines: readonly string[], onFailure: OnFailure): readonly string[] {
    switch (onFailure.kind) {
        case 'settled':
        case 'stop':
            return lines;
        case 'ignore':
            return [printCommentLine(onFailure.why), ...surround('', lines, ' || :')];
        case 'handle': {
            const handler = onFailure.statements.flatMap(printStatement);
            const single = [...lines, ...handler].join(' || ');
            const short =
                lines.length === 1 &&
                handler.length === 1 &&
                onFailure.statements[0]?.kind !== 'comment' &&
                single.length <= lineWidth - 8;
            return short
                ? [single]
                : [
                      ...surround('', lines, ' || {'),
                      ...handler.map((line) => (line === '' ? '' : indentation + line)),
                      '}',
                  ];
        }
    }
}

/** Puts text before the first and behind the last line. A "line" may hold line breaks in quotes. */
function surround(before: string, lines: readonly string[], behind: string): readonly string[] {
    return lines.map((line, index) => {
        const head = index === 0 ? before : '';
        const tail = index === lines.length - 1 ? behind : '';
        return `${head}${line}${tail}`;
    });
}

function continued(lines: readonly string[]): readonly string[] {
    return lines.map((line, index) => (index < lines.length - 1 ? `${line} \\` : line));
}

function printCommentLine(line: string): string {
    if (/[\n\r]/.test(line)) {
        throw new RangeError('a comment line cannot hold a line break');
    }
    return line === '' ? '#' : `# ${line}`;
}
