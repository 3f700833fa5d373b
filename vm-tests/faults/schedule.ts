import type { PhaseName } from '../phase-name.ts';
import type { Fault, FinalFault, LastingFault } from './fault.ts';

/** A fault, and when it comes: what a scenario gives to a boot. */
export interface ScheduledFault {
    readonly fault: Fault;
    /** It begins when the machine comes to this phase for the first time... */
    readonly phase: PhaseName;
    /** ...or as many seconds later. */
    readonly delay: number;
    /** When it ends. Absent: with the scenario. */
    readonly end?: { readonly seconds: number } | { readonly phase: PhaseName };
}

/** A fault whose time can be told more exactly. */
export interface Strike extends ScheduledFault {
    /** Seconds of the phase that pass before. Default: 0. */
    readonly after: (seconds: number) => Strike;
}

/** The same for one that can end before the scenario does. */
export interface Span extends ScheduledFault {
    /** Seconds of the phase that pass before. Default: 0. */
    readonly after: (seconds: number) => Span;
    /** It ends by itself after these seconds. */
    readonly lasting: (seconds: number) => ScheduledFault;
    /** It ends when the machine comes to that phase. */
    readonly until: (phase: PhaseName) => ScheduledFault;
}

/**
 * A fault that comes when the machine comes to a phase, for the first time.
 *
 * @example
 * ```ts
 * boot({ faults: [at('rbdboot: map-image', cutCable()).after(2).lasting(10)] });
 * ```
 */
export function at(phase: PhaseName, fault: LastingFault): Span;
export function at(phase: PhaseName, fault: FinalFault): Strike;
export function at(phase: PhaseName, fault: Fault): Span | Strike {
    return fault.kind === 'lasting'
        ? span({ fault, phase, delay: 0 })
        : strike({ fault, phase, delay: 0 });
}

function strike(scheduled: ScheduledFault): Strike {
    return Object.freeze({
        ...scheduled,
        after: (delay: number) => strike({ ...scheduled, delay }),
    });
}

function span(scheduled: ScheduledFault): Span {
    return Object.freeze({
        ...scheduled,
        after: (delay: number) => span({ ...scheduled, delay }),
        lasting: (seconds: number) => Object.freeze({ ...scheduled, end: { seconds } }),
        until: (phase: PhaseName) => Object.freeze({ ...scheduled, end: { phase } }),
    });
}
