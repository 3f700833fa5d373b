import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { talkCommand } from '../keep/how-to-talk.ts';
import type { Relays } from '../keep/relay.ts';
import { commands } from './help.ts';

/** Where a shell finds what belongs to its machine. */
export interface Surroundings {
    readonly relays: Relays;
    /** Gets a line for each thing that is seen of the machine. */
    readonly seen: string;
    readonly checkout: string;
}

/**
 * Writes the commands of the shell into a directory, and what bash reads first.
 *
 * @returns the path of the latter.
 */
export async function writeCommands(
    directory: string,
    { checkout, relays, seen }: Surroundings,
): Promise<string> {
    await mkdir(directory, { recursive: true });
    const scripts: Readonly<Record<string, string>> = {
        console: `cd ${quoted(checkout)} && exec ${words(talkCommand('console', relays))}`,
        monitor: `cd ${quoted(checkout)} && exec ${words(talkCommand('monitor', relays))} "$@"`,
        seen: `exec tail -n +1 "$@" ${quoted(seen)}`,
        'lab-help': `cat << 'END'\n${commands.slice(1)}END`,
    };
    for (const [name, line] of Object.entries(scripts)) {
        await writeFile(join(directory, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
    }
    const first = join(directory, 'bashrc');
    await writeFile(first, "PS1='lab# '\nlab-help\n");
    return first;
}

function words(command: readonly string[]): string {
    return command.map(quoted).join(' ');
}

function quoted(word: string): string {
    return `'${word.replaceAll("'", `'\\''`)}'`;
}
