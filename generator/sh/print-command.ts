import type { Command, Condition, Redirect } from './ast.ts';
import { printWord } from './print-word.ts';

/** Longer lines are continued, with four more spaces. */
export const lineWidth = 100;

/** Prints a command as lines: the second and later ones are continuations of the first. */
export function printCommand(command: Command): readonly string[] {
    const line = printOnOneLine(command);
    if (line.length <= lineWidth - 20) {
        return [line];
    }
    return command.kind === 'pipeline'
        ? command.commands.map(
              (part, index) => `${index === 0 ? '' : '    | '}${printOnOneLine(part)}`,
          )
        : fill(wordsOf(command));
}

export function printOnOneLine(command: Command): string {
    return command.kind === 'pipeline'
        ? command.commands.map(printOnOneLine).join(' | ')
        : wordsOf(command).join(' ');
}

function wordsOf(command: Exclude<Command, { kind: 'pipeline' }>): readonly string[] {
    const name = command.kind === 'call-program' ? command.program.name : command.function.name;
    return [name, ...command.arguments.map(printWord), ...command.redirects.map(printRedirect)];
}

export function printRedirect(redirect: Redirect): string {
    switch (redirect.kind) {
        case 'input':
            return `< ${printWord(redirect.file)}`;
        case 'output': {
            const descriptor = redirect.descriptor === 1 ? '' : redirect.descriptor;
            return `${descriptor}${redirect.append ? '>>' : '>'} ${printWord(redirect.file)}`;
        }
        case 'duplicate':
            return `${redirect.descriptor === 1 ? '' : redirect.descriptor}>&${redirect.onto}`;
    }
}

/** Prints a condition for `if` and `while`. */
export function printCondition(condition: Condition): string {
    switch (condition.kind) {
        case 'succeeds':
            return printOnOneLine(condition.command);
        case 'compare':
            return `[ ${printWord(condition.left)} ${condition.operator} ${printWord(condition.right)} ]`;
        case 'inspect':
            return `[ ${condition.operator} ${printWord(condition.word)} ]`;
        case 'not':
            return `! ${printOperand(condition.condition)}`;
        case 'all':
            return condition.conditions.map(printOperand).join(' && ');
        case 'any':
            return condition.conditions.map(printOperand).join(' || ');
    }
}

function printOperand(condition: Condition): string {
    const compound = condition.kind === 'all' || condition.kind === 'any';
    return compound ? `{ ${printCondition(condition)}; }` : printCondition(condition);
}

function fill(words: readonly string[]): readonly string[] {
    const lines: string[] = [];
    let line = '';
    for (const word of words) {
        const longer = line === '' ? word : `${line} ${word}`;
        if (longer.length > lineWidth - 20 && line !== '') {
            lines.push(line);
            line = `    ${word}`;
        } else {
            line = longer;
        }
    }
    return [...lines, line];
}
