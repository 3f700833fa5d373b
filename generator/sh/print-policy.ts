import type { OnFailure, Statement } from './ast.ts';
import { indent, lineWidth, printComment, surround } from './print-lines.ts';

/**
 * Prints a command with what happens when it fails.
 *
 * @param below what stands below the command's last line: its here-document.
 * @param printBody prints the statements of a handler.
 */
export function printPolicy(
    lines: readonly string[],
    onFailure: OnFailure,
    printBody: (statements: readonly Statement[]) => readonly string[],
    below = '',
): readonly string[] {
    switch (onFailure.kind) {
        case 'settled':
        case 'stop':
            return surround('', lines, below);
        case 'ignore':
            return [printComment(onFailure.why), ...surround('', lines, ` || :${below}`)];
        case 'keep':
            return surround('', lines, ` || ${onFailure.status.name}=$?${below}`);
        case 'handle': {
            const handler = printBody(onFailure.statements);
            // Behind ||, & would take what fails into the background as well.
            const inOneLine = onFailure.statements.every(({ kind }) => kind !== 'background');
            return inOneLine && isShort(lines, handler)
                ? surround('', lines, ` || ${handler.join('')}${below}`)
                : [...surround('', lines, ` || {${below}`), ...indent(handler), '}'];
        }
    }
}

function isShort(lines: readonly string[], handler: readonly string[]): boolean {
    const [only = '', ...others] = handler;
    const [line = '', ...further] = lines;
    return (
        others.length === 0 &&
        further.length === 0 &&
        ` || ${line}${only}`.length <= lineWidth &&
        !`${line}${only}`.includes('\n')
    );
}
