import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Daemon, endedEarly, startDaemon } from './children.ts';

/** A daemon of the lab, which other processes of the namespace may stop and let start again. */
export interface Supervised {
    readonly name: string;
    /** A directory in memory, through which they tell the process that started it. */
    readonly place: string;
}

const turn = 20;

/** In the place of a process id, while it is held down. */
const gone = 0;

/**
 * Has a daemon be there, except while somebody holds it down: see {@link holdDown}.
 *
 * @returns what it is known by, and what rejects when it ends by itself.
 */
export async function supervise(
    first: Daemon,
    place: string,
): Promise<{ readonly supervised: Supervised; readonly broken: Promise<never> }> {
    await mkdir(place, { recursive: true });
    const supervised = { name: first.name, place };
    await tellPid(supervised, first.pid);
    return { supervised, broken: keepUp(supervised, first) };
}

async function keepUp(supervised: Supervised, first: Daemon): Promise<never> {
    const held = heldDown(supervised);
    for (let daemon = first; ; await tellPid(supervised, daemon.pid)) {
        await daemon.ended;
        if (!existsSync(held)) {
            throw endedEarly(daemon);
        }
        await tellPid(supervised, gone);
        while (existsSync(held)) {
            await delay(turn);
        }
        daemon = startDaemon(daemon.name, daemon.command, daemon.logFile);
    }
}

/** The process id that it has now; 0 while it is held down. */
export async function pidOf(supervised: Supervised): Promise<number> {
    return Number(await readFile(pidFile(supervised), 'utf8'));
}

/**
 * Ends a daemon at once and keeps it from being started again.
 *
 * @returns what lets it start again, and waits until it does.
 * @throws Error if it is held down already.
 */
export async function holdDown(supervised: Supervised): Promise<() => Promise<void>> {
    const held = heldDown(supervised);
    const pid = await pidOf(supervised);
    await writeFile(held, '', { flag: 'wx' });
    process.kill(pid, 'SIGKILL');
    await waitUntil(supervised, (one) => one === gone);
    return async () => {
        await rm(held);
        await waitUntil(supervised, (one) => one !== gone);
    };
}

async function waitUntil(supervised: Supervised, fits: (pid: number) => boolean): Promise<void> {
    while (!fits(await pidOf(supervised))) {
        await delay(turn);
    }
}

async function tellPid(supervised: Supervised, pid: number): Promise<void> {
    const file = pidFile(supervised);
    await writeFile(`${file}.new`, String(pid));
    await rename(`${file}.new`, file);
}

function pidFile({ name, place }: Supervised): string {
    return join(place, `${name}.pid`);
}

function heldDown({ name, place }: Supervised): string {
    return join(place, `${name}.down`);
}
