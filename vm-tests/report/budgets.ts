import type { Phase } from '../timeline.ts';
import type { MachineRecord, ScenarioRecord } from './record.ts';

/**
 * Seconds that a phase of a boot may take on a machine as fast as those that the lab's bounds were
 * found on: two to three times what it takes there, emulated. They say when to look
 * closer; what ends a wait are the bounds of the scenarios.
 */
const limits: readonly (readonly [RegExp, number])[] = [
    [/^firmware$/, 6],
    [/^iPXE: lease$/, 8],
    [/^iPXE: /, 3],
    [/^kernel is unpacked$/, 12],
    [/^kernel$/, 10],
    [/^initramfs$/, 6],
    [/^rbdboot: network$/, 8],
    [/^rbdboot: map-image$/, 6],
    [/^rbdboot: unlock/, 20],
    [/^rbdboot: /, 4],
    [/^root is mounted$/, 4],
    [/^systemd$/, 25],
    [/^shutdown/, 30],
];

/**
 * What a machine is documented to wait for, by what its console shows then: the kernel asks for an
 * image's lock until the watch of a machine that lost its power has ended
 * (osd_client_watch_timeout, 30 s).
 */
const waits: readonly (readonly [RegExp, number])[] = [[/breaking header lock owned by/, 30]];

/** The seconds that a phase of this name may take; none for the last, at which a machine stays. */
export function phaseBudget(name: string): number | undefined {
    return limits.find(([pattern]) => pattern.test(name))?.[1];
}

/**
 * Seconds that the machines of a scenario may take in all, from power-on to their last phase: what is
 * said of a machine that is to fail, and of others the sum over the phases they went through. Absent
 * where none had power.
 */
export function boundOfBoots({
    machines,
    within,
}: Pick<ScenarioRecord, 'machines' | 'within'>): number | undefined {
    const booted = machines.filter(({ phases }) => phases.length > 0);
    if (booted.length === 0) {
        return undefined;
    }
    const each = booted.map((machine) => within ?? sumOfBudgets(machine.phases) + waited(machine));
    return each.reduce((sum, seconds) => sum + seconds, 0);
}

/** Seconds that they did take. Absent where none had power. */
export function secondsOfBoots({ machines }: Pick<ScenarioRecord, 'machines'>): number | undefined {
    const ends = machines.flatMap(({ phases }) => phases.at(-1)?.at ?? []);
    return ends.length === 0 ? undefined : ends.reduce((sum, seconds) => sum + seconds, 0);
}

function sumOfBudgets(phases: readonly Phase[]): number {
    return phases
        .filter(({ took }) => took !== undefined)
        .reduce((sum, { name }) => sum + (phaseBudget(name) ?? 0), 0);
}

function waited({ console }: MachineRecord): number {
    return waits
        .filter(([sign]) => console.some(([, text]) => sign.test(text)))
        .reduce((sum, [, seconds]) => sum + seconds, 0);
}
