import type { Observation } from '../journal.ts';
import type { Machine } from '../qemu/machine.ts';

/** Seconds from power-on to the system of a machine that nobody keeps waiting. */
export const patience = 90;

/** The number of the last record that a machine said to be on its disk; 0 if it said so of none. */
export function lastAcknowledged({ journal }: Pick<Machine, 'journal'>): number {
    const numbers = journal.all().filter(isEvent('record')).map(numberIn);
    return Math.max(0, ...numbers);
}

/**
 * Waits until a machine's system runs that writes records.
 *
 * @returns the number of the last record that it found on its disk.
 */
export async function recordsBegun({ journal }: Machine, seconds: number): Promise<number> {
    const what = 'the system that writes records';
    return numberIn(await journal.waitFor(what, isEvent('records'), seconds));
}

/**
 * Waits for records that are acknowledged from now on.
 *
 * @param count how many.
 * @throws Error when the seconds are over, or if the machine could not write one.
 */
export async function furtherRecords(
    machine: Machine,
    count: number,
    seconds: number,
): Promise<void> {
    const wanted = lastAcknowledged(machine) + count;
    const { data, text } = await machine.journal.waitFor(
        `record ${wanted}`,
        (one) =>
            isEvent('record-error')(one) || (isEvent('record')(one) && numberIn(one) >= wanted),
        seconds,
    );
    if (text === 'record-error') {
        throw new Error(`the machine could not ${data} a record`);
    }
}

/** Waits until a machine has met an error when it wrote a record. */
export async function writeFailed({ journal }: Machine, seconds: number): Promise<void> {
    await journal.waitFor('a write that fails', isEvent('record-error'), seconds);
}

/** Whether the machine met an error when it wrote a record. */
export function metError({ journal }: Machine): boolean {
    return journal.all().some(isEvent('record-error'));
}

function isEvent(event: string): (observation: Observation) => boolean {
    return ({ source, text }) => source === 'guest' && text === event;
}

function numberIn({ data }: Observation): number {
    return Number(data);
}
