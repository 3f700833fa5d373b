import { longestPhases, type MachineCourse, type ScenarioCourse } from './course.ts';
import type { TimeLeft } from './time-left.ts';

/** How far a run is. */
export interface Standing {
    readonly planned: number;
    readonly done: number;
    readonly failed: number;
    readonly running: number;
    /** Absent where no earlier run tells. */
    readonly left?: TimeLeft;
}

/** `0:07`, `12:34`, `1:02:03`. @param seconds since the run began. */
export function clock(seconds: number): string {
    const whole = Math.max(Math.floor(seconds), 0);
    const [hours, minutes, rest] = [
        Math.floor(whole / 3600),
        Math.floor(whole / 60) % 60,
        whole % 60,
    ];
    const two = (number: number) => String(number).padStart(2, '0');
    return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/**
 * What a scenario that runs is at: for each of its machines with power the phase that it is in, for
 * how long, and when it last gave a sign of life.
 */
export function workingLine({ began, machines }: ScenarioCourse, at: number): string {
    const on = machines.filter(({ poweredOff }) => poweredOff === undefined);
    const since = ((at - began) / 1000).toFixed(0);
    if (on.length === 0) {
        const what = machines.length === 0 ? 'no machine has power yet' : 'no machine has power';
        return `${since} s: ${what}`;
    }
    // Of many alike, what the slowest is at says enough.
    const told =
        on.length > 3
            ? on.slice(0, 3).map((one) => machineAt(one, at))
            : on.map((one) => machineAt(one, at));
    const more = on.length > 3 ? `; and ${on.length - 3} more` : '';
    return `${told.join('; ')}${more}`;
}

function machineAt({ lastSign, name, phases, poweredOn }: MachineCourse, at: number): string {
    // What was seen after the moment of the line is new, not in the future.
    const seconds = (from: number) => (Math.max(0, at - from) / 1000).toFixed(0);
    const phase = phases.at(-1);
    const where = phase === undefined ? 'no phase yet' : `${phase.name} for ${seconds(phase.at)} s`;
    const sign =
        lastSign === undefined
            ? 'no sign of it yet'
            : `last sign ${seconds(lastSign.at)} s ago (${lastSign.source})`;
    return `${name} ${seconds(poweredOn)} s: ${where}, ${sign}`;
}

/** How a scenario ended, with where its machines spent their time. */
export function endLine({ began, end, machines }: ScenarioCourse): string {
    if (end === undefined) {
        return 'has not ended';
    }
    const took = `${((end.at - began) / 1000).toFixed(1)} s`;
    if (end.outcome === 'failed') {
        const first = end.message?.split('\n')[0] ?? 'no message';
        return `FAILED after ${took}: ${end.class ?? 'harness'}: ${first}`;
    }
    const boots = machines.slice(0, 4).map((machine) => {
        const longest = longestPhases(machine)
            .slice(0, 3)
            .map((phase) => `${phase.name} ${phase.took.toFixed(1)}`);
        const until = machine.phases.at(-1)?.at ?? machine.poweredOn;
        const all = ((until - machine.poweredOn) / 1000).toFixed(1);
        return `${machine.name} ${all} s${longest.length === 0 ? '' : ` (${longest.join(', ')})`}`;
    });
    const more = machines.length > 4 ? [`and ${machines.length - 4} more`] : [];
    return `passed in ${took}${boots.length === 0 ? '' : `: ${[...boots, ...more].join('; ')}`}`;
}

/** `12 of 87 done, 1 failed, 3 running; about 14 min left`. */
export function standingLine({ done, failed, left, planned, running }: Standing): string {
    const counts = `${done} of ${planned} done${failed === 0 ? '' : `, ${failed} failed`}, ${running} running`;
    if (done === planned) {
        return `${done} of ${planned} done${failed === 0 ? '' : `, ${failed} failed`}`;
    }
    return `${counts}; ${describeLeft(left)}`;
}

function describeLeft(left: TimeLeft | undefined): string {
    if (left === undefined) {
        return 'no earlier run to tell the time left by';
    }
    const { seconds, unknown } = left;
    const about =
        seconds < 90
            ? `about ${Math.ceil(seconds / 10) * 10} s`
            : `about ${Math.round(seconds / 60)} min`;
    const guessed = unknown === 0 ? '' : `, ${unknown} of them never ran here`;
    return `${about} left by earlier runs${guessed}`;
}
