import { createConnection } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Machine } from './machine.ts';

/** A person at the serial console, who has logged in as root. */
export interface GuestShell {
    /** Runs a command. @returns its exit status. */
    readonly run: (command: string, seconds: number) => Promise<number>;
    readonly close: () => void;
}

const loginPrompt = /login: $/;
const rootPrompt = /# $/;

/** Logs in at the console of a machine that is up. Only one can be at it. */
export async function logIn(
    { consoleSocket, name }: Machine,
    seconds: number,
): Promise<GuestShell> {
    const socket = createConnection(consoleSocket);
    let shown = '';
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
        shown += text;
    });
    // A machine that ends closes it; whoever waits for more says so.
    socket.on('error', () => {});

    const type = (line: string) => {
        shown = '';
        socket.write(`${line}\n`);
    };
    const waitFor = async (pattern: RegExp, limit: number) => {
        const end = performance.now() + limit * 1000;
        for (;;) {
            const match = pattern.exec(shown.replaceAll('\r', ''));
            if (match !== null) {
                return match;
            }
            if (performance.now() > end || socket.destroyed) {
                throw new Error(`the console of ${name} does not show ${pattern}: ${shown}`);
            }
            await delay(50);
        }
    };
    // What stood there before is not repeated: an empty name gives a new prompt.
    type('');
    await waitFor(loginPrompt, seconds);
    type('root');
    await waitFor(rootPrompt, seconds);
    return {
        close: () => socket.destroy(),
        async run(command, limit) {
            // The line itself is echoed; what it prints has another form.
            type(`${command}; echo "status=$?="`);
            const [, status] = await waitFor(/status=(\d+)=/, limit);
            await waitFor(rootPrompt, limit);
            return Number(status);
        },
    };
}
