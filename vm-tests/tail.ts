import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

/** Follows a file that somebody else writes. */
export interface Tail {
    /** Gives on what is new in the file, now. */
    readonly poll: () => void;
    /** Gives on what is new a last time, and ends. */
    readonly stop: () => void;
}

const interval = 25;

/**
 * Follows a file, looking every 25 ms. A file has no reader whom its writer would wait for, so
 * whatever we do the machine goes on at its own pace.
 *
 * @param from the byte to start at: 0, or the length of the file for what is new only.
 * @param take gets each new piece of text, which may end in the middle of a line.
 */
export function followFile(path: string, from: number, take: (text: string) => void): Tail {
    const decoder = new StringDecoder('utf8');
    const buffer = Buffer.allocUnsafe(65_536);
    let file: number | undefined;
    let position = from;

    const poll = () => {
        file ??= tryToOpen(path);
        if (file === undefined) {
            return;
        }
        for (;;) {
            const length = readSync(file, buffer, 0, buffer.length, position);
            if (length === 0) {
                return;
            }
            position += length;
            take(decoder.write(buffer.subarray(0, length)));
        }
    };
    const timer = setInterval(poll, interval);
    // Whoever forgets to stop it does not wait for it.
    timer.unref();
    return {
        poll,
        stop() {
            clearInterval(timer);
            poll();
            if (file !== undefined) {
                closeSync(file);
            }
        },
    };
}

function tryToOpen(path: string): number | undefined {
    try {
        return openSync(path, 'r');
    } catch {
        return undefined;
    }
}
