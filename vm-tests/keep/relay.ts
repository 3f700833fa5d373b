import { closeSync, openSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Machine } from '../qemu/machine.ts';

/** Sockets of a machine that can be reached from outside of the namespaces. */
export interface Relays {
    /** Its serial console. One at a time can use it. */
    readonly console: string;
    /** Takes commands for people, a line each: `info registers`, `stop`, `cont`. */
    readonly monitor: string;
}

/** Makes what cannot be seen from outside, QEMU's own sockets, reachable in the machine's directory. */
export async function relay(machine: Machine): Promise<Relays> {
    const { consoleSocket, directory, qmp } = machine;
    const joined = (client: Socket) => {
        const console = createConnection(consoleSocket);
        for (const [from, to] of [
            [client, console],
            [console, client],
        ] as const) {
            from.on('error', () => to.destroy());
            from.on('close', () => to.destroy());
            from.pipe(to);
        }
    };
    const answering = (client: Socket) => {
        client.on('error', () => client.destroy());
        createInterface({ input: client }).on('line', (line) => {
            const answer = qmp.execute('human-monitor-command', { 'command-line': line });
            void answer.then(
                (text) => client.write(`${String(text).replaceAll('\r', '')}(end)\n`),
                (error: Error) => client.write(`${error.message}\n(end)\n`),
            );
        });
    };
    await listen(directory, 'console', joined, 1);
    await listen(directory, 'monitor', answering);
    return { console: join(directory, 'console'), monitor: join(directory, 'monitor') };
}

/**
 * The name of a socket has 107 bytes at the most, wherever the directory is: so it is named by a file
 * descriptor of that.
 */
async function listen(
    directory: string,
    name: string,
    serve: (client: Socket) => void,
    atOnce?: number,
): Promise<void> {
    const server = createServer(serve);
    if (atOnce !== undefined) {
        server.maxConnections = atOnce;
    }
    const opened = openSync(directory, 'r');
    try {
        await new Promise<void>((resolve, reject) => {
            server.once('error', reject);
            server.listen(`/proc/self/fd/${opened}/${name}`, resolve);
        });
    } finally {
        closeSync(opened);
    }
    server.unref();
}
