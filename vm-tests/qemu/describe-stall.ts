import type { Quiet } from './pulse.ts';

/** What is known of a machine that moves no more. */
export interface StallFacts {
    readonly quiet: Quiet;
    /** When this was found, on the clock of the journal. */
    readonly at: number;
    /** What its console showed last. */
    readonly lastLine?: string;
    /** What QEMU says of it: `running`, `paused`; absent if QEMU does not answer. */
    readonly status?: string;
    /** State of the process of QEMU (proc_pid_stat(5)): `T` is stopped. */
    readonly processState?: string;
}

/** Says of a machine that moves no more which part of it was alive last, and what it does. */
export function describeStall({ at, lastLine, quiet, ...facts }: StallFacts): string {
    const ago = (when: number) => `${((at - when) / 1000).toFixed(1)} s ago`;
    const alive = quiet.alive.map(([channel, when]) =>
        channel === 'serial console' && lastLine !== undefined
            ? `${channel} ${ago(when)} (${JSON.stringify(lastLine.slice(0, 160))})`
            : `${channel} ${ago(when)}`,
    );
    return [
        `stalled: nothing moved for ${((at - quiet.since) / 1000).toFixed(0)} s`,
        state(quiet, facts),
        `alive last: ${alive.join(', ')}`,
    ].join('; ');
}

/** Whether something outside of the machine keeps it from running. */
export function isStopped({ processState, status }: Omit<StallFacts, 'quiet' | 'at'>): boolean {
    return processState === 'T' || (status !== undefined && status !== 'running');
}

function state({ busy }: Quiet, facts: Omit<StallFacts, 'quiet' | 'at'>): string {
    if (facts.processState === 'T') {
        return 'the process of QEMU is stopped, by a signal';
    }
    if (isStopped(facts)) {
        return `the machine is stopped: QEMU says ${facts.status}`;
    }
    if (busy === undefined) {
        return 'what its processor does could not be read';
    }
    const percent = `${(busy * 100).toFixed(0)} %`;
    return busy < 0.5
        ? `its processor was idle (${percent}): it waits for something that does not come`
        : `its processor was busy (${percent}): it runs in a loop`;
}
