import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { Machine } from '../qemu/machine.ts';
import { howToTalk } from './how-to-talk.ts';
import { relay } from './relay.ts';

/** Beside the files of a machine that is kept. It loses its power when this is gone. */
const mark = 'kept';

/** Whether machines of scenarios that fail are kept: `KEEP=1`, or `KEEP=stopped` to freeze them too. */
export const keepsFailed = (process.env.KEEP ?? '') !== '';

/**
 * Leaves the machines of a scenario that failed as they are, and says how to look at them. Ends when
 * somebody says so, with Enter or by deleting a file, or when the machines end.
 */
export async function keepFailed(
    machines: readonly Machine[],
    say: (line: string) => void,
): Promise<void> {
    const running = machines.filter(({ hasPower }) => hasPower());
    if (running.length === 0) {
        say('no machine of it runs any more, so there is nothing to keep');
        return;
    }
    for (const machine of running) {
        if (process.env.KEEP === 'stopped') {
            await machine.qmp.execute('stop');
        }
        writeFileSync(join(machine.directory, mark), '');
        for (const line of howToTalk(machine.name, await relay(machine))) {
            say(line);
        }
        say(`It is switched off at Enter here, or at: rm ${join(machine.directory, mark)}`);
    }
    const kept = ({ directory }: Machine) => existsSync(join(directory, mark));
    while (running.some((machine) => kept(machine) && machine.hasPower())) {
        await delay(200);
    }
}

/** In the process that has the terminal: Enter lets go of all machines that are kept. */
export function letGoAtEnter(directory: string): void {
    if (!keepsFailed || !process.stdin.isTTY) {
        return;
    }
    createInterface({ input: process.stdin }).on('line', async () => {
        for (const name of await readdir(directory)) {
            rmSync(join(directory, name, mark), { force: true });
        }
    });
    process.stdin.unref?.();
}
