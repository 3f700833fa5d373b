import type { Condition } from './ast.ts';
import { printOnOneLine } from './print-command.ts';
import { continued, lineWidth } from './print-lines.ts';
import { printWord } from './print-word.ts';

/**
 * Prints a condition with the keyword before it and the one behind it, as in `if …; then`; if that
 * does not fit on a line, with an operand a line.
 */
export function printClause(
    before: string,
    condition: Condition,
    behind: string,
): readonly string[] {
    const line = `${before} ${printCondition(condition)}; ${behind}`;
    if (line.length <= lineWidth || (condition.kind !== 'all' && condition.kind !== 'any')) {
        return [line];
    }
    const operands = condition.conditions.map(printOperand);
    const last = operands.length - 1;
    return continued(
        operands.map((operand, index) => {
            const start = index === 0 ? before : operatorOf(condition.kind);
            return `${start} ${operand}${index === last ? `; ${behind}` : ''}`;
        }),
    );
}

/** Prints a condition on one line. */
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
        case 'any':
            return condition.conditions.map(printOperand).join(` ${operatorOf(condition.kind)} `);
    }
}

// The shell gives && and || the same precedence: with both in one condition, braces say it.
function printOperand(condition: Condition): string {
    const compound = condition.kind === 'all' || condition.kind === 'any';
    return compound ? `{ ${printCondition(condition)}; }` : printCondition(condition);
}

function operatorOf(kind: 'all' | 'any'): string {
    return kind === 'all' ? '&&' : '||';
}
