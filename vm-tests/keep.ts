import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import type { Machine } from './qemu/machine.ts';

/** Ctrl-], as in telnet. */
const endKey = 0x1d;

/**
 * Leaves the machine on, with its console within reach, until somebody ends it: at a terminal this
 * is the machine's console, and Ctrl-] ends; elsewhere the console is a socket, and a signal ends.
 */
export async function keepRunning(machine: Machine, say: (line: string) => void): Promise<void> {
    say(`${machine.name} stays on. Log in on its console as root; there is no password.`);
    if (process.stdin.isTTY && process.stdout.isTTY) {
        say('This is its console now: press Enter for the prompt, Ctrl-] to end.');
        await attachTerminal(machine);
        return;
    }
    const socket = await relayConsole(machine);
    say(`Its console is the socket ${socket}`);
    say(`To reach it: socat -,rawer,escape=0x1d UNIX-CONNECT:${socket}`);
    say('It is switched off when this process gets a signal.');
    await machine.ended;
}

async function attachTerminal(machine: Machine): Promise<void> {
    const console = createConnection(machine.consoleSocket);
    const closed = new Promise<void>((resolve) => {
        console.on('error', () => resolve());
        console.on('close', () => resolve());
    });
    process.stdin.setRawMode(true);
    process.stdin.on('data', (typed: Buffer) => {
        if (typed.includes(endKey)) {
            console.destroy();
        } else {
            console.write(typed);
        }
    });
    console.pipe(process.stdout, { end: false });
    await closed;
    process.stdin.setRawMode(false);
    process.stdin.pause();
    process.stdout.write('\n');
}

/**
 * Makes the console reachable from outside the namespaces, where QEMU's own socket cannot be seen.
 * One at a time can use it.
 */
async function relayConsole(machine: Machine): Promise<string> {
    const server = createServer((client) => {
        const console = createConnection(machine.consoleSocket);
        for (const [from, to] of [
            [client, console],
            [console, client],
        ] as const) {
            from.on('error', () => to.destroy());
            from.on('close', () => to.destroy());
            from.pipe(to);
        }
    });
    server.maxConnections = 1;
    // The name of a socket has 107 bytes at the most; a relative one is short wherever this is.
    process.chdir(machine.directory);
    await new Promise<void>((resolve) => server.listen('console', resolve));
    return join(machine.directory, 'console');
}
