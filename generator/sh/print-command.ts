import type { Command, Redirect, SimpleCommand, Word } from './ast.ts';
import { continued, fill, lineWidth } from './print-lines.ts';
import { isLiteral, literalOf, printInHereDocument, printWord } from './print-word.ts';

/** Prints a command as the lines of one: on a single one if it fits. */
export function printCommand(command: Command): readonly string[] {
    const line = printOnOneLine(command);
    if (line.length <= lineWidth) {
        return [line];
    }
    return continued(
        command.kind === 'pipeline'
            ? command.commands.map((part, index) => `${index === 0 ? '' : '| '}${joined(part)}`)
            : fill(wordsOf(command)),
    );
}

export function printOnOneLine(command: Command): string {
    return command.kind === 'pipeline' ? command.commands.map(joined).join(' | ') : joined(command);
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

/** A here-document: its operator, and what stands below the line of its command. */
export interface HereDocument {
    readonly operator: string;
    readonly below: string;
}

/** The delimiter is quoted where nothing is expanded. */
export function printHereDocument(lines: readonly Word[]): HereDocument {
    const isData = lines.every(isLiteral);
    const text = lines.map((line) => `${isData ? literalOf(line) : printInHereDocument(line)}\n`);
    const body = text.join('');
    const delimiter = delimiterFor(body.split('\n'));
    return {
        operator: `<< ${isData ? `'${delimiter}'` : delimiter}`,
        below: `\n${body}${delimiter}`,
    };
}

/** @throws RangeError if no delimiter will do: lines begin with each letter in a way that clashes. */
function delimiterFor(lines: readonly string[]): string {
    const letters = 'EABCDFGHIJKLMNOPQRSTUVWXYZ';
    const candidates = [...letters].map((letter) => `${letter}OF`);
    const delimiter = candidates.find((one) => !lines.some((line) => clashes(line, one)));
    if (delimiter === undefined) {
        throw new RangeError('no delimiter is left for a here-document with these lines');
    }
    return delimiter;
}

/**
 * Whether a line ends a here-document too early, or is not read right in one: dash loses a byte that
 * is not of ASCII where it looks for the rest of the delimiter.
 */
function clashes(line: string, delimiter: string): boolean {
    const length = [...delimiter].findIndex((letter, index) => letter !== line[index]);
    return length === -1 || (length > 0 && line.charCodeAt(length) > 0x7f);
}

function joined(command: SimpleCommand): string {
    return wordsOf(command).join(' ');
}

function wordsOf(command: SimpleCommand): readonly string[] {
    return [
        ...nameOf(command),
        ...command.arguments.map(printWord),
        ...command.redirects.map(printRedirect),
    ];
}

function nameOf(command: SimpleCommand): readonly string[] {
    switch (command.kind) {
        case 'call-program':
            return [command.program.name];
        case 'call-function':
            return [command.function.name];
        case 'print-text':
            return ['printf', '%s'];
    }
}
