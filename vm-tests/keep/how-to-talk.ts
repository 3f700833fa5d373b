import { fileURLToPath } from 'node:url';
import type { Relays } from './relay.ts';

const program = fileURLToPath(new URL('talk.ts', import.meta.url));

/** The command that talks to a machine. */
export function talkCommand(what: keyof Relays, relays: Relays): readonly string[] {
    return [process.execPath, '--import', 'tsx', program, what, relays[what]];
}

/** What is said of a machine that is left on, to people. */
export function howToTalk(name: string, relays: Relays): readonly string[] {
    return [
        `${name} stays on.`,
        `Its console, until Ctrl-]: ${talkCommand('console', relays).join(' ')}`,
        `Its QEMU: ${talkCommand('monitor', relays).join(' ')} info registers`,
    ];
}
