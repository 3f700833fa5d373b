import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { unpackInitrd } from '../images/unpack-initrd.ts';

/** How each file of an archive begins (cpio(5), "New ASCII Format"). */
const magic = '070701';
const headerLength = 110;

/** A file of an archive. */
interface Entry {
    readonly mode: number;
    readonly size: number;
    readonly name: string;
}

/** What is in an initrd: its hash, and its files as `ls -l` would have them, those packed last at the end. */
export async function listInitrd(path: string): Promise<string> {
    const bytes = await readFile(path);
    const hash = createHash('sha256').update(bytes).digest('hex');
    const packed = entriesIn(await unpackInitrd(bytes));
    // What is appended for one host is not compressed.
    const appended = entriesIn(bytes);
    const lines = [...packed, ...appended].map(
        ({ mode, name, size }) =>
            `${mode.toString(8).padStart(6, '0')} ${String(size).padStart(9)} ${name}`,
    );
    return `sha256 ${hash}, ${bytes.length} bytes\n${lines.join('\n')}\n`;
}

/** The files of all archives that lie in some bytes, one behind the other or with zeros between. */
export function entriesIn(bytes: Buffer): readonly Entry[] {
    const entries: Entry[] = [];
    let at = bytes.indexOf(magic);
    while (at >= 0 && at + headerLength <= bytes.length) {
        const field = (index: number) =>
            Number.parseInt(bytes.toString('latin1', at + 6 + 8 * index, at + 14 + 8 * index), 16);
        const [mode, size, nameLength] = [field(1), field(6), field(11)];
        if (![mode, size, nameLength].every(Number.isSafeInteger)) {
            at = bytes.indexOf(magic, at + 1);
            continue;
        }
        const name = bytes.toString('utf8', at + headerLength, at + headerLength + nameLength - 1);
        const data = aligned(at + headerLength + nameLength);
        if (name !== 'TRAILER!!!') {
            entries.push({ mode, size, name });
        }
        at = bytes.indexOf(magic, aligned(data + size));
    }
    return entries;
}

function aligned(at: number): number {
    return Math.ceil(at / 4) * 4;
}
