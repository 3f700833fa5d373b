// Talks to a machine that was left on, through the sockets beside its files:
//   talk.ts console SOCKET            this terminal becomes its console, until Ctrl-]
//   talk.ts monitor SOCKET WORD...    asks its QEMU: info registers, stop, cont, info network
import { createConnection } from 'node:net';
import { attachTerminal } from './attach.ts';

const [what, socket = '', ...words] = process.argv.slice(2);
if (what === 'console') {
    await attachTerminal(socket);
} else if (what === 'monitor' && words.length > 0) {
    await ask(socket, words.join(' '));
} else {
    process.stderr.write('talk.ts console SOCKET, or talk.ts monitor SOCKET WORD...\n');
    process.exitCode = 2;
}

async function ask(path: string, line: string): Promise<void> {
    const client = createConnection(path);
    client.write(`${line}\n`);
    let answer = '';
    for await (const piece of client) {
        answer += piece;
        if (answer.endsWith('(end)\n')) {
            break;
        }
    }
    process.stdout.write(answer.replace(/\(end\)\n$/, ''));
}
