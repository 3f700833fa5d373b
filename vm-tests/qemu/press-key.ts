import { createConnection } from 'node:net';
import type { Machine } from './machine.ts';

/**
 * What a person at the serial console types, with no line break behind it.
 *
 * Nobody stays at the other end: while somebody is there who does not read at once, QEMU
 * writes a character into the log for each time that it tries to send it (`qemu_chr_write_buffer`).
 */
export async function pressKey(
    { consoleSocket }: Pick<Machine, 'consoleSocket'>,
    key: string,
): Promise<void> {
    const socket = createConnection(consoleSocket);
    // It stays until QEMU has read all; what the machine shows meanwhile is in the log as well.
    socket.resume();
    await new Promise<void>((resolve, reject) => {
        socket.once('error', reject);
        socket.end(key, resolve);
    });
}
