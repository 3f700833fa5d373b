/** A way in which a key can show in something that was printed. */
interface Form {
    readonly name: string;
    readonly pattern: RegExp;
}

/** The key in a file. The name of the form tells how; the key itself is not repeated. */
export interface Leak {
    readonly file: string;
    readonly form: string;
}

/** The key proper follows 12 bytes of type, time and length. */
const header = 12;

/**
 * Looks for CephX keys in what was printed: as base64, as the bytes themselves, and as hexadecimal
 * dumps of them in the usual groupings.
 *
 * @param keys in base64.
 */
export function findLeaks(
    files: Readonly<Record<string, Buffer>>,
    keys: readonly string[],
): readonly Leak[] {
    return Object.entries(files).flatMap(([file, contents]) => {
        const text = contents.toString('latin1');
        return keys
            .flatMap(formsOf)
            .filter(({ pattern }) => text.search(pattern) >= 0)
            .map(({ name }) => ({ file, form: name }));
    });
}

/** The same bytes with every form of the keys struck out. */
export function redact(contents: Buffer, keys: readonly string[]): Buffer {
    const text = contents.toString('latin1');
    const redacted = keys
        .flatMap(formsOf)
        .reduce((rest, { pattern }) => rest.replace(pattern, '[key removed]'), text);
    return Buffer.from(redacted, 'latin1');
}

function formsOf(key: string): readonly Form[] {
    const secret = Buffer.from(key, 'base64').subarray(header);
    const pairs = [...secret].map((byte) => byte.toString(16).padStart(2, '0'));
    const swapped = pairs.flatMap((_, index) =>
        index % 2 === 0 ? [pairs[index + 1] ?? '', pairs[index] ?? ''] : [],
    );
    return [
        { name: 'base64', pattern: literally(key.replace(/=+$/, '')) },
        { name: 'base64 without its header', pattern: literally(secret.toString('base64url')) },
        { name: 'base64 without its header', pattern: literally(unpadded(secret)) },
        { name: 'bytes', pattern: literally(secret.toString('latin1')) },
        { name: 'hexadecimal', pattern: spelled(pairs) },
        { name: 'hexadecimal in words of two bytes', pattern: spelled(swapped) },
    ];
}

function unpadded(secret: Buffer): string {
    return secret.toString('base64').replace(/=+$/, '');
}

function literally(text: string): RegExp {
    return new RegExp(text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), 'g');
}

/** Hexadecimal digits, together or apart: `0a1b`, `0a 1b`, `0a:1b`, `\x0a\x1b`, `0x0a, 0x1b`. */
function spelled(pairs: readonly string[]): RegExp {
    return new RegExp(pairs.join('(?:[\\s:,-]|\\\\x|0x){0,5}'), 'gi');
}
