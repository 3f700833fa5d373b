import { createConnection } from 'node:net';

/** Ctrl-], as in telnet. */
const endKey = 0x1d;

/** Makes a terminal that of a machine, until Ctrl-] is pressed or the machine ends. */
export async function attachTerminal(socket: string): Promise<void> {
    const console = createConnection(socket);
    const closed = new Promise<void>((resolve) => {
        console.on('error', () => resolve());
        console.on('close', () => resolve());
    });
    process.stdin.setRawMode?.(true);
    process.stdin.on('data', (typed: Buffer) => {
        if (typed.includes(endKey)) {
            console.destroy();
        } else {
            console.write(typed);
        }
    });
    console.pipe(process.stdout, { end: false });
    await closed;
    process.stdin.setRawMode?.(false);
    process.stdin.pause();
    process.stdout.write('\n');
}
