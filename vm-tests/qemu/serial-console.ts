import { createConnection } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Machine } from './machine.ts';

/** A person at the serial console. */
export interface SerialConsole {
    /** Types a line; what is shown from now on is what the next `waitFor` looks at. */
    readonly type: (line: string) => void;
    /**
     * Waits for what was shown since the last line that was typed.
     *
     * @param seconds as many as are enough on a machine of the usual speed.
     * @throws NotShown when they are over.
     */
    readonly waitFor: (pattern: RegExp, seconds: number) => Promise<RegExpExecArray>;
    /** What was shown since the last line that was typed. */
    readonly shown: () => string;
    readonly close: () => void;
}

/** The machine has power, and its console does not show what was waited for. */
export class NotShown extends Error {}

/** Sits down at the serial console of a machine. Only one can be at it. */
export function sitDown({ consoleSocket, name, slowness }: Machine): SerialConsole {
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
            const end = performance.now() + seconds * slowness * 1000;
            for (;;) {
                const match = pattern.exec(shown());
                if (match !== null) {
                    return match;
                }
                if (socket.destroyed) {
                    throw new Error(`the console of ${name} was closed: ${shown()}`);
                }
                if (performance.now() > end) {
                    throw new NotShown(
                        `the console of ${name} does not show ${pattern}: ${shown()}`,
                    );
                }
                await delay(50);
            }
        },
    };
}
