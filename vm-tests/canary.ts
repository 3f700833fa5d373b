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

/** The key proper of CephX follows 12 bytes of type, time and length (src/auth/Crypto.cc). */
const header = 12;

/** Of less than this many bytes, what has nothing to do with a key would be taken for it. */
const shortest = 8;

/**
 * Looks for keys and passphrases in what was printed: as base64, once and twice, as the bytes
 * themselves, as UTF-16, and as hexadecimal dumps in the usual groupings, also over several lines.
 *
 * @param keys in base64: of CephX, or any other bytes.
 * @throws Error if one of them is too short to be told from what is printed anyway.
 */
export function findLeaks(
    files: Readonly<Record<string, Buffer>>,
    keys: readonly string[],
): readonly Leak[] {
    const forms = keys.flatMap(formsOf);
    return Object.entries(files).flatMap(([file, contents]) => {
        const text = contents.toString('latin1');
        return forms
            .filter(({ pattern }) => text.search(pattern) >= 0)
            .map(({ name }) => ({ file, form: name }));
    });
}

/**
 * The same bytes with every form of the keys struck out. They stay as many, so that what has lengths
 * in it, as a capture of frames has, can be read afterwards.
 */
export function redact(contents: Buffer, keys: readonly string[]): Buffer {
    const text = contents.toString('latin1');
    const redacted = keys
        .flatMap(formsOf)
        .reduce((rest, { pattern }) => rest.replace(pattern, strikeOut), text);
    return Buffer.from(redacted, 'latin1');
}

function strikeOut(found: string): string {
    return '[key removed]'.padEnd(found.length, '.').slice(0, found.length);
}

function formsOf(key: string): readonly Form[] {
    const bytes = Buffer.from(key, 'base64');
    const secret = isOfCephX(bytes) ? bytes.subarray(header) : bytes;
    if (secret.length < shortest) {
        throw new Error(`a key of ${secret.length} bytes cannot be looked for`);
    }
    const text = unpadded(bytes);
    const pairs = [...secret].map((byte) => byte.toString(16).padStart(2, '0'));
    const swapped = pairs.flatMap((_, index) =>
        index % 2 === 0 ? [pairs[index + 1] ?? '', pairs[index] ?? ''] : [],
    );
    return [
        { name: 'base64', pattern: literally(text) },
        { name: 'base64 without its header', pattern: literally(secret.toString('base64url')) },
        { name: 'base64 without its header', pattern: literally(unpadded(secret)) },
        ...insideBase64(text).map((inner) => ({
            name: 'base64 of base64',
            pattern: literally(inner),
        })),
        { name: 'bytes', pattern: literally(secret.toString('latin1')) },
        { name: 'UTF-16 of base64', pattern: literally(wide(text)) },
        { name: 'UTF-16 of the bytes', pattern: literally(wide(secret.toString('latin1'))) },
        { name: 'UTF-16 of hexadecimal', pattern: literally(wide(pairs.join('')), 'gi') },
        { name: 'hexadecimal', pattern: spelled(pairs) },
        { name: 'hexadecimal in words of two bytes', pattern: spelled(swapped) },
    ];
}

function isOfCephX(bytes: Buffer): boolean {
    return bytes.length > header && bytes.length === header + bytes.readUInt16LE(header - 2);
}

function unpadded(bytes: Buffer): string {
    return bytes.toString('base64').replace(/=+$/, '');
}

/**
 * What base64 of something has in it that has this text in it: one of three, by where the text begins
 * in the groups of three bytes.
 */
function insideBase64(text: string): readonly string[] {
    return [0, 1, 2].map((before) => {
        const encoded = Buffer.from(`${' '.repeat(before)}${text}`).toString('base64');
        const bits = 8 * (before + text.length);
        return encoded.slice(Math.ceil((8 * before) / 6), Math.floor(bits / 6));
    });
}

/** Characters of two bytes, in either order of these: the zeros at the ends may be others'. */
function wide(text: string): string {
    return [...text].join('\0');
}

function literally(text: string, flags = 'g'): RegExp {
    return new RegExp(text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), flags);
}

/**
 * Hexadecimal digits, together or apart: `0a1b`, `0a 1b`, `0a:1b`, `\x0a\x1b`, `0x0a, 0x1b`; and as
 * the next line of a dump goes on: the characters of this one, a time, an offset.
 */
function spelled(pairs: readonly string[]): RegExp {
    const between = '(?:[\\s:,-]|\\\\x|0x){0,5}';
    const nextLine = '[^\\n]{0,24}\\n[^\\n]{0,64}?[0-9a-f]{4,16}:?[ \\t]+';
    return new RegExp(pairs.join(`(?:${between}|${nextLine})`), 'gi');
}
