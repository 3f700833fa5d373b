import { expect } from 'vitest';
import type { BootedMachine } from './booted-machine.ts';
import { failureLine } from './report/code-classes.ts';

/** What a machine says that waits for its cluster when it maps its image or reads it. */
export interface Told {
    readonly step: string;
    readonly code: string;
    readonly what: string;
    readonly cure: string;
    /** On the clock of the journal. */
    readonly at: number;
}

/** Seconds from a map that waits to the first word about it, and from any to the next, with what a slow machine adds. */
const times = { first: { atLeast: 24, atMost: 40 }, next: { atLeast: 59, atMost: 75 } } as const;

/** Waits for that, which comes neither at once nor late. @param code that it has. */
export async function toldWhileItMaps(machine: BootedMachine, code: string): Promise<Told> {
    const asked = await machine.console.shows('the map', /rbdboot\[map-image\]: mapping /, 90);
    return tellsAfter(machine, code, asked.at, times.first);
}

/** The same for reads. @param since when nothing was answered any more, on the clock of the journal. */
export async function toldWhileItReads(
    machine: BootedMachine,
    code: string,
    since: number,
): Promise<Told> {
    return tellsAfter(machine, code, since, times.next);
}

/** Waits until it says the same again. */
export async function toldAgain(machine: BootedMachine, { at, code, what }: Told): Promise<void> {
    const again = await tellsAfter(machine, code, at, times.next);
    expect(again.what).toBe(what);
}

async function tellsAfter(
    { journal }: BootedMachine,
    code: string,
    since: number,
    { atLeast, atMost }: (typeof times)[keyof typeof times],
): Promise<Told> {
    const isTold = (text: string) => failureLine.exec(text)?.groups?.code === code;
    const told = await journal.waitFor(
        `${code} while it waits`,
        ({ at, source, text }) => source === 'console' && at > since && isTold(text),
        atMost,
    );
    expect((told.at - since) / 1000).toBeGreaterThan(atLeast);
    const cure = await journal.waitFor(
        `what to do about ${code}`,
        ({ at, source, text }) =>
            source === 'console' && at >= told.at && /^ {2}to do: /.test(text),
        5,
    );
    const { step = '', what = '' } = failureLine.exec(told.text)?.groups ?? {};
    return { step, code, what, cure: cure.text.replace(/^ {2}to do: /, ''), at: told.at };
}
