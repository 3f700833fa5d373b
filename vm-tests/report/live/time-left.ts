import type { HistoryEntry } from '../history.ts';
import { median } from '../statistics.ts';

/** A scenario of a run, as far as its time goes. */
export interface Ahead {
    readonly id: string;
    /** How many machines it has at a time. */
    readonly together: number;
    /** Nothing runs beside it. */
    readonly alone: boolean;
    /** Seconds since it began; absent if it has not. */
    readonly elapsed?: number;
}

export interface TimeLeft {
    readonly seconds: number;
    /** How many of those that are not over never passed in an earlier run. */
    readonly unknown: number;
}

/** Earlier runs that are looked at: the project changes. */
const recent = 5;

/**
 * How long a run may still take, by what its scenarios took in the last runs in which they passed.
 * One that never did is taken to be as long as the middle one of the others.
 *
 * @param ahead those that are not over.
 * @param room how many machines may have power at the same time.
 * @returns nothing where no earlier run tells.
 */
export function timeLeft(
    ahead: readonly Ahead[],
    history: readonly HistoryEntry[],
    room: number,
): TimeLeft | undefined {
    const passed = history
        .flatMap(({ scenarios }) => scenarios)
        .filter(({ outcome }) => outcome === 'passed');
    if (passed.length === 0) {
        return undefined;
    }
    const usual = (id: string) =>
        median(
            passed
                .filter((one) => one.id === id)
                .slice(-recent)
                .map(({ seconds }) => seconds),
        );
    const middle = median(passed.map(({ seconds }) => seconds));
    const rest = ahead.map((one) => {
        const known = usual(one.id);
        const whole = Number.isNaN(known) ? middle : known;
        return {
            ...one,
            known: !Number.isNaN(known),
            seconds: Math.max(whole - (one.elapsed ?? 0), 0),
        };
    });
    const sum = (of: typeof rest, weigh: (one: (typeof rest)[number]) => number) =>
        of.reduce((total, one) => total + weigh(one), 0);
    const beside = rest.filter(({ alone }) => !alone);
    // They share the room as far as it goes, and none is over before the longest of them.
    const shared = sum(beside, ({ seconds, together }) => seconds * Math.max(together, 1)) / room;
    const longest = Math.max(...beside.map(({ seconds }) => seconds), 0);
    const apart = sum(
        rest.filter(({ alone }) => alone),
        ({ seconds }) => seconds,
    );
    return {
        seconds: apart + Math.max(shared, longest),
        unknown: rest.filter(({ known }) => !known).length,
    };
}
