import { now, type Observation } from './journal.ts';
import { cameUp } from './qemu/came-up.ts';
import { type FailureReport, failureReport } from './qemu/failure-report.ts';
import type { Machine } from './qemu/machine.ts';
import type { Outcome } from './scenario-plan.ts';

/** What a scenario says of its machines. */
export interface Held {
    readonly outcome: Outcome;
    /** What seconds are multiplied with on a slow machine. */
    readonly slowness: number;
    /** Is called when a machine has done that. */
    readonly met: () => void;
}

/** How a machine is held to what its scenario says. */
export interface HeldToOutcome {
    readonly refused: () => Promise<FailureReport>;
    readonly showed: (pattern: RegExp, source?: Observation['source']) => Promise<Observation>;
    readonly showedInTime: () => void;
}

/** Holds a machine to what its scenario says of it, and to the time in which it must be so. */
export function outcomeOf(machine: Machine, { met, outcome, slowness }: Held): HeldToOutcome {
    const shown = () => {
        if (typeof outcome !== 'object' || !('shows' in outcome)) {
            throw new Error('the outcome of this scenario is not something that is shown');
        }
        return outcome;
    };
    return {
        async refused() {
            if (typeof outcome !== 'object' || !('code' in outcome)) {
                throw new Error('the outcome of this scenario is not the code of a failure');
            }
            const report = await failureReport(machine, outcome.code, outcome.within);
            met();
            return report;
        },
        async showed(pattern, from = 'console') {
            const { shows, within } = shown();
            const seen = await machine.journal.waitFor(
                shows,
                ({ source, text }) => source === from && pattern.test(text),
                within,
                machine.poweredOn,
            );
            met();
            return seen;
        },
        showedInTime() {
            const { shows, within } = shown();
            const limit = within * slowness;
            if (now() - machine.poweredOn > limit * 1000) {
                throw new Error(`it took more than ${limit} s to show ${shows}`);
            }
            met();
        },
    };
}

/**
 * What speaks against a scenario that is over.
 *
 * @param met whether a machine was seen to do what the outcome says.
 * @param machines all that had power.
 */
export function againstOutcome(
    outcome: Outcome,
    met: boolean,
    machines: readonly Pick<Machine, 'journal'>[],
): string | undefined {
    if (outcome === 'up') {
        // Whoever sends events is a system that runs from the image.
        const signs = (seen: Observation) => seen.source === 'guest' || cameUp(seen);
        return machines.some(({ journal }) => journal.all().some(signs))
            ? undefined
            : 'none of its machines came up, which is its outcome';
    }
    if (!met && 'code' in outcome) {
        return `nobody waited for ${outcome.code}, its outcome, with "refused()"`;
    }
    return !met && 'shows' in outcome
        ? `nobody waited for what it shows, its outcome, with "showed()": ${outcome.shows}`
        : undefined;
}
