import { readFileSync } from 'node:fs';
import { failure, type Outcome, success } from '../diagnostics/diagnostic.ts';

/** A key is short; a file of another size is more likely the wrong file. */
const largest = 64 * 1024;

const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EISDIR: 'it is a directory',
    EACCES: 'you may not read it',
};

/**
 * Reads a key file of LUKS: all of its bytes are the key, a newline at its end included, as with
 * `cryptsetup --key-file`. What is wrong with it is RB320; no message repeats anything of it.
 *
 * @returns the key in base64, with a newline.
 */
export function readLuksKey(file: string): Outcome<string> {
    let bytes: Buffer;
    try {
        bytes = readFileSync(file);
    } catch (error) {
        return refuse(
            file,
            reasons[String((error as NodeJS.ErrnoException).code)] ?? String(error),
        );
    }
    if (bytes.length === 0) {
        return refuse(file, 'it is empty');
    }
    return bytes.length > largest
        ? refuse(file, `it has ${bytes.length} bytes, and a key has ${largest} at most`)
        : success(`${bytes.toString('base64')}\n`);
}

function refuse(file: string, reason: string): Outcome<never> {
    return failure({
        code: 'RB320',
        severity: 'error',
        message: `cannot read a key from ${file}: ${reason}`,
        hint: `make a key and add it to the container: head -c 64 /dev/urandom > ${file}; cryptsetup luksAddKey /dev/rbd0 ${file}`,
    });
}
