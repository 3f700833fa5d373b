import { createConnection } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Machine } from './machine.ts';

/** A person at the serial console. */
export interface SerialConsole {
    /** Types a line; what is shown from now on is what the next `waitFor` looks at. */
    readonly type: (line: string) => void;
    /** Waits for what was shown since the last line that was typed. @throws Error after the seconds. */
    readonly waitFor: (pattern: RegExp, seconds: number) => Promise<RegExpExecArray>;
    /** What was shown since the last line that was typed. */
    readonly shown: () => string;
    readonly close: () => void;
}

/** Sits down at the serial console of a machine. Only one can be at it. */
export function sitDown({ consoleSocket, name }: Machine): SerialConsole {
    const socket = createConnection(consoleSocket);
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', (more: string) => {
        text += more;
    });
    // A machine that ends closes it; whoever waits for more says so.
    socket.on('error', () => {});
    const shown = () => text.replaceAll('\r', '');
    return {
        shown,
        // What was typed last still arrives.
        close: () => socket.end(),
        type(line) {
            text = '';
            socket.write(`${line}\n`);
        },
        async waitFor(pattern, seconds) {
            const end = performance.now() + seconds * 1000;
            for (;;) {
                const match = pattern.exec(shown());
                if (match !== null) {
                    return match;
                }
                if (performance.now() > end || socket.destroyed) {
                    throw new Error(`the console of ${name} does not show ${pattern}: ${shown()}`);
                }
                await delay(50);
            }
        },
    };
}
