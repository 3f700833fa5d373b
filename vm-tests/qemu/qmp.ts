import { appendFileSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** An event of QEMU: `SHUTDOWN`, `RESET`, `GUEST_PANICKED`... */
export interface QmpEvent {
    readonly event: string;
    readonly data?: Readonly<Record<string, unknown>>;
}

/** A connection to the monitor of a running QEMU. */
export interface Qmp {
    /**
     * Runs a command.
     *
     * @throws Error with QEMU's own words, or if the connection ends first.
     */
    readonly execute: (command: string, words?: object) => Promise<unknown>;
    /** Settles when the connection has ended, and QEMU has said all that it says. */
    readonly closed: Promise<void>;
    readonly close: () => void;
}

/** One line of the protocol, from QEMU. */
export type QmpMessage =
    | { readonly kind: 'greeting' }
    | { readonly kind: 'event'; readonly event: QmpEvent }
    | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
    | { readonly kind: 'error'; readonly id: number; readonly reason: string };

/** Reads one line of the protocol (docs/interop/qmp-spec.txt of QEMU). */
export function parseQmp(line: string): QmpMessage {
    const message = JSON.parse(line);
    if ('QMP' in message) {
        return { kind: 'greeting' };
    }
    if ('event' in message) {
        return { kind: 'event', event: { event: message.event, data: message.data } };
    }
    return 'error' in message
        ? { kind: 'error', id: message.id, reason: message.error.desc }
        : { kind: 'result', id: message.id, value: message.return };
}

/**
 * Connects to the monitor, which is there about 0.1 s after QEMU starts.
 *
 * @param ended settles when QEMU ends; nobody waits longer than that.
 * @param log gets every line of both directions.
 */
export async function connectQmp(
    path: string,
    ended: Promise<string>,
    log: string,
    onEvent: (event: QmpEvent) => void,
): Promise<Qmp> {
    const socket = await connect(path, ended);
    const pending = new Map<
        number,
        { resolve(value: unknown): void; reject(error: Error): void }
    >();
    let next = 1;
    let carry = '';

    const take = (line: string) => {
        appendFileSync(log, `< ${line}\n`);
        const message = parseQmp(line);
        if (message.kind === 'event') {
            onEvent(message.event);
        } else if (message.kind === 'result') {
            pending.get(message.id)?.resolve(message.value);
        } else if (message.kind === 'error') {
            pending.get(message.id)?.reject(new Error(`QEMU: ${message.reason}`));
        }
    };
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
        const lines = (carry + text).split('\n');
        carry = lines.pop() ?? '';
        for (const line of lines.filter((one) => one.trim() !== '')) {
            take(line);
        }
    });
    // QEMU resets the connection when it quits; 'close' follows and tells who waits.
    socket.on('error', () => {});
    const closed = new Promise<void>((resolve) => {
        socket.on('close', () => resolve());
    });
    socket.on('close', () => {
        for (const { reject } of pending.values()) {
            reject(new Error('QEMU closed its monitor'));
        }
    });

    const execute = (command: string, words: object = {}) =>
        new Promise<unknown>((resolve, reject) => {
            if (socket.destroyed) {
                reject(new Error('QEMU closed its monitor'));
                return;
            }
            const id = next++;
            const finish =
                <T>(settle: (value: T) => void) =>
                (value: T) => {
                    pending.delete(id);
                    settle(value);
                };
            pending.set(id, { resolve: finish(resolve), reject: finish(reject) });
            const line = JSON.stringify({ execute: command, arguments: words, id });
            appendFileSync(log, `> ${line}\n`);
            socket.write(`${line}\n`);
        });
    await execute('qmp_capabilities');
    return { execute, closed, close: () => socket.destroy() };
}

async function connect(path: string, ended: Promise<string>): Promise<Socket> {
    let ending: string | undefined;
    void ended.then((words) => {
        ending = words;
    });
    for (;;) {
        if (ending !== undefined) {
            throw new Error(`QEMU ${ending}`);
        }
        const socket = createConnection(path);
        const connected = await new Promise<boolean>((resolve) => {
            socket.once('connect', () => resolve(true));
            socket.once('error', () => resolve(false));
        });
        if (connected) {
            return socket;
        }
        await delay(25);
    }
}
