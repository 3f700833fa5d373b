import type { Machine } from '../qemu/machine.ts';
import { attachTerminal } from './attach.ts';
import { howToTalk } from './how-to-talk.ts';
import { relay } from './relay.ts';

/**
 * Leaves the machine on, with its console within reach, until somebody ends it: at a terminal this
 * is the machine's console, and Ctrl-] ends; elsewhere the console is a socket, and a signal ends.
 */
export async function keepRunning(machine: Machine, say: (line: string) => void): Promise<void> {
    say(`${machine.name} stays on. Log in on its console as root; there is no password.`);
    if (process.stdin.isTTY && process.stdout.isTTY) {
        say('This is its console now: press Enter for the prompt, Ctrl-] to end.');
        await attachTerminal(machine.consoleSocket);
        return;
    }
    for (const line of howToTalk(machine.name, await relay(machine)).slice(1)) {
        say(line);
    }
    say('It is switched off when this process gets a signal.');
    await machine.ended;
}
