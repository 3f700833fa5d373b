import { reservedWords } from './reserved-words.ts';

/**
 * Prints data as one literal shell word: bare if every shell reads it as itself, else in single
 * quotes. A word that begins with `=`, or has a `~` anywhere, is quoted. It must not stand where a
 * command begins, since `name=value` is bare; the printer puts only programs and functions there.
 *
 * It carries what UTF-8 can: every character but NUL, line breaks and control characters included.
 *
 * @throws RangeError for a NUL byte, which no shell word can hold, and for half a surrogate pair,
 * which no file in UTF-8 can.
 */
export function quoteLiteral(text: string): string {
    refuseUncarried(text);
    if (/^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+:,./=-]*$/.test(text) && !reservedWords.has(text)) {
        return text;
    }
    return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Escapes data for the inside of double quotes (POSIX.1-2017, 2.2.3). */
export function escapeInDoubleQuotes(text: string): string {
    refuseUncarried(text);
    return text.replaceAll(/[$`"\\]/g, '\\$&');
}

/**
 * Prints data as a literal piece of the pattern in `"${x#…}"`. Quotes have rules of their own in
 * there: bash loses count of them where a brace follows. A backslash before a sign means the same
 * in every shell, and so do quotes around what is neither letter nor sign.
 */
export function quoteInExpansion(text: string): string {
    refuseUncarried(text);
    return text.replaceAll(/[^A-Za-z0-9_@%+:,./= -]+/g, (run) =>
        run.replaceAll(/[!-~]|[^!-~]+/g, (one) => (/^[!-~]$/.test(one) ? `\\${one}` : `'${one}'`)),
    );
}

/** Escapes data for a here-document whose delimiter is bare (POSIX.1-2017, 2.7.4). */
export function escapeInHereDocument(text: string): string {
    refuseUncarried(text);
    return text.replaceAll(/[$`\\]/g, '\\$&');
}

/** @throws RangeError for text that a script in UTF-8 cannot hold. */
export function refuseUncarried(text: string): void {
    if (text.includes('\0')) {
        throw new RangeError('a shell word cannot hold a NUL byte');
    }
    if (/\p{Surrogate}/u.test(text)) {
        throw new RangeError('a script in UTF-8 cannot hold half a surrogate pair');
    }
}
