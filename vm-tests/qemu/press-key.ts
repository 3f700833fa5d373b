import { createConnection } from 'node:net';
import type { Machine } from './machine.ts';

/** What a person at the serial console types, with no line break behind it. */
export async function pressKey({ consoleSocket }: Machine, key: string): Promise<void> {
    const socket = createConnection(consoleSocket);
    await new Promise<void>((resolve, reject) => {
        socket.once('error', reject);
        socket.write(key, () => resolve());
    });
    socket.end();
}
