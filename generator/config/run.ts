import { dirname, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createJiti } from 'jiti';
import { failure, type Location, type Outcome, success } from '../diagnostics/diagnostic.ts';
import { firstColumn } from './first-column.ts';
import type { OwnEntry } from './own-entry.ts';

/**
 * Runs a configuration file and gives back its default export, whatever that is.
 *
 * Nothing is cached: the program may run as root, and a predictable folder of code below the
 * temporary directory is a way to become root (jiti's default is exactly that).
 */
export async function runConfiguration(
    file: string,
    entry: OwnEntry,
    text?: string,
): Promise<Outcome<unknown>> {
    const jiti = createJiti(file, {
        // Not an alias: jiti would load a second copy of us, whose tokens are not ours.
        virtualModules: { rbdboot: await import(pathToFileURL(entry.code).href) },
        fsCache: false,
        moduleCache: false,
        interopDefault: false,
    });
    let exported: unknown;
    try {
        exported =
            text === undefined
                ? await jiti.import(file)
                : await jiti.evalModule(text, { filename: file, async: true });
    } catch (error) {
        return failure({
            code: 'RB103',
            severity: 'error',
            message: `the configuration failed while it ran: ${describeThrown(error)}`,
            location: locateThrown(error, file, entry),
        });
    }
    return success(
        typeof exported === 'object' && exported !== null && 'default' in exported
            ? exported.default
            : undefined,
    );
}

function describeThrown(error: unknown): string {
    return error instanceof Error || isErrorLike(error) ? error.message : String(error);
}

/** An error of another realm is no `instanceof` ours. */
function isErrorLike(value: unknown): value is { message: string; stack?: string } {
    return typeof value === 'object' && value !== null && 'message' in value;
}

/**
 * The innermost line of the user's own files in the stack. jiti keeps lines when it transforms a
 * file, but not columns, so the column is that of the line's first character.
 */
function locateThrown(error: unknown, file: string, entry: OwnEntry): Location {
    const stack = isErrorLike(error) ? (error.stack ?? '') : '';
    for (const match of stack.matchAll(/(?:\(|at |file:\/\/)(\/[^()\n]*?):(\d+):\d+\)?$/gm)) {
        const [, place = '', line = '1'] = match;
        const foreign =
            place.includes(`${sep}node_modules${sep}`) ||
            place.startsWith(dirname(entry.code) + sep);
        if (!foreign) {
            return { file: place, line: Number(line), column: firstColumn(place, Number(line)) };
        }
    }
    return { file, line: 1, column: 1 };
}
