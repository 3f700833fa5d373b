import { setTimeout as delay } from 'node:timers/promises';
import { type Journal, now, type Observation } from './journal.ts';

/** A machine of a scenario. */
interface Watched {
    readonly name: string;
    readonly journal: Pick<Journal, 'all' | 'closed'>;
    /** How it ended by itself, if it did. */
    readonly ownEnd: () => Error | undefined;
    /** Whether the scenario waits for its end. */
    readonly mayEnd: () => boolean;
}

/** Milliseconds for which a machine is looked at when its scenario has seen all that it wanted. */
const settling = 1000;

/**
 * The end of a machine's report is the last that it may say: a second after the end of its scenario it
 * is up still, unless its power was cut or the scenario waited for it to switch itself off.
 *
 * @param slowness what the second is multiplied with.
 * @throws Error with what came behind the report.
 */
export async function expectStillUp(machines: readonly Watched[], slowness: number): Promise<void> {
    const until = now() + settling * slowness;
    for (const { journal, mayEnd, name, ownEnd } of machines) {
        if (mayEnd() || !journal.all().some(isEndOfReport)) {
            continue;
        }
        while (journal.closed() === undefined && now() < until) {
            await delay(50);
        }
        if (ownEnd() !== undefined) {
            // The first reason is the most telling: a panic is on the console before QEMU ends.
            const reason = journal.closed() ?? new Error('QEMU ended');
            throw new Error(`${name} was up, and then ${reason.message}`, { cause: reason });
        }
    }
}

function isEndOfReport({ source, text }: Observation): boolean {
    return source === 'guest' && text === 'end';
}
