import { now, type Observation } from '../journal.ts';
import type { Machine } from '../qemu/machine.ts';
import { BootFailure } from '../report/failure-class.ts';
import { phasesBegunBy } from '../timeline.ts';
import { courseOf } from './course.ts';
import type { FaultTarget, LastingFault } from './fault.ts';
import type { ScheduledFault } from './schedule.ts';

/** The faults of one machine, from its power-on to the end of the scenario. */
export interface FaultWatch {
    /**
     * Says that the scenario is over.
     *
     * @throws BootFailure that names each fault that did not come as it was planned: whose phase never came,
     * which was to end and has not, or which could not be made.
     */
    readonly expectAllCame: () => void;
    /** Has faults be there while something is done, whatever phase the machine is in. */
    readonly during: <T>(
        faults: LastingFault | readonly LastingFault[],
        work: () => Promise<T>,
    ) => Promise<T>;
    /** Takes back what still is, as it must be for whoever comes next. Rejects if that cannot be. */
    readonly end: () => Promise<void>;
}

/** What a fault says of itself in the journal. */
export interface FaultEvent {
    readonly fault: string;
    readonly state: 'begins' | 'ends';
}

/**
 * Has each fault begin and end with the phases of a machine. Each begins once, at the first sign of
 * its phase, and says in the journal when it begins and when it ends.
 */
export function watchFaults(
    machine: Pick<Machine, 'ended' | 'journal' | 'name'> & FaultTarget['machine'],
    around: Omit<FaultTarget, 'machine'>,
    faults: readonly ScheduledFault[],
): FaultWatch {
    const { journal } = machine;
    const target: FaultTarget = { ...around, machine };
    const reached = new Set<string>();
    const sayOf = (fault: string) => (state: FaultEvent['state']) => {
        const data: FaultEvent = { fault, state };
        journal.add({ at: now(), source: 'fault', text: `${state}: ${fault}`, data });
    };
    const all = faults.map((scheduled) => {
        const { name } = scheduled.fault;
        return { name, course: courseOf(scheduled, target, sayOf(name)) };
    });
    const take = (observation: Observation) => {
        for (const phase of phasesBegunBy(observation, reached)) {
            reached.add(phase);
            for (const { course } of all) {
                course.phase(phase);
            }
        }
    };
    const during = async <T>(
        [fault, ...others]: readonly LastingFault[],
        work: () => Promise<T>,
    ): Promise<T> => {
        if (fault === undefined) {
            return work();
        }
        const say = sayOf(fault.name);
        say('begins');
        const undo = await fault.begin(target);
        try {
            return await during(others, work);
        } finally {
            await undo();
            say('ends');
        }
    };
    for (const observation of [...journal.all()]) {
        take(observation);
    }
    journal.follow(take);
    void machine.ended.then(() => {
        for (const { course } of all) {
            course.machineEnded();
        }
    });
    return {
        expectAllCame() {
            const missed = all.flatMap(({ course, name }) => {
                const why = course.missed();
                return why === undefined ? [] : [`the fault "${name}" ${why}`];
            });
            if (missed.length > 0) {
                const came = `${machine.name} came to: ${[...reached].join(', ')}`;
                throw new BootFailure('harness', [...missed, came].join('\n'));
            }
        },
        during: (wanted, work) => during([wanted].flat(), work),
        end: async () => {
            await Promise.all(all.map(({ course }) => course.end()));
        },
    };
}

/** Waits until a fault has ended: the machine has its world back. */
export async function faultOver(
    { journal }: Pick<Machine, 'journal'>,
    { fault: { name } }: ScheduledFault,
    seconds: number,
): Promise<Observation> {
    return journal.waitFor(
        `the end of the fault "${name}"`,
        ({ data, source }) =>
            source === 'fault' &&
            (data as FaultEvent).fault === name &&
            (data as FaultEvent).state === 'ends',
        seconds,
    );
}
