import type { Observation } from '../journal.ts';

/**
 * What was done to a machine on purpose, and when: `[12.3, 'begins: the cable of nic0 is out']`.
 *
 * @param poweredOn the time of power-on, on the clock of the observations.
 */
export function toldFaults(
    observations: readonly Observation[],
    poweredOn: number,
): readonly (readonly [seconds: number, what: string])[] {
    return observations
        .filter(({ source }) => source === 'fault')
        .map(({ at, text }) => [Math.round(at - poweredOn) / 1000, text] as const);
}

/** The same as lines, in the form of the table of phases. */
export function printFaults(told: ReturnType<typeof toldFaults>): string {
    return told.map(([at, what]) => `${at.toFixed(1).padStart(6)} s  ${what}`).join('\n');
}
