/** Words that the shell reads as grammar when they stand bare (POSIX.1-2017, 2.4). */
const reserved = new Set([
    'case',
    'do',
    'done',
    'elif',
    'else',
    'esac',
    'fi',
    'for',
    'if',
    'in',
    'then',
    'until',
    'while',
    // not POSIX, but reserved in shells that a script may meet
    'function',
    'select',
    'time',
    'coproc',
    'namespace',
]);

/**
 * Prints data as one literal shell word: bare if every shell reads it as itself, else in single
 * quotes. A word that begins with `=`, or has a `~` anywhere, is quoted. It must not stand where a
 * command begins, since `name=value` is bare; the printer puts only programs and functions there.
 *
 * @throws RangeError for a NUL byte, which no shell word can hold.
 */
export function quoteLiteral(text: string): string {
    refuseNul(text);
    if (/^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+:,./=-]*$/.test(text) && !reserved.has(text)) {
        return text;
    }
    return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Escapes data for the inside of double quotes (POSIX.1-2017, 2.2.3). */
export function escapeInDoubleQuotes(text: string): string {
    refuseNul(text);
    return text.replaceAll(/[$`"\\]/g, '\\$&');
}

function refuseNul(text: string): void {
    if (text.includes('\0')) {
        throw new RangeError('a shell word cannot hold a NUL byte');
    }
}
