import { readFileSync } from 'node:fs';

/**
 * The column of the first character of a line that is not white space. For places that come from
 * running a configuration: jiti keeps the lines of a file that it transforms, but not the columns.
 */
export function firstColumn(file: string, line: number): number {
    try {
        const text = readFileSync(file, 'utf8').split('\n')[line - 1] ?? '';
        return Math.max(0, text.search(/\S/)) + 1;
    } catch {
        return 1;
    }
}
