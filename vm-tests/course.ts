import { setTimeout as delay } from 'node:timers/promises';
import type { Host } from '../generator/model/site.ts';
import type { BootedMachine } from './booted-machine.ts';
import type { Cluster } from './cluster/start.ts';
import type { FaultWatch } from './faults/watch.ts';
import type { Progress } from './report/live/channel.ts';

/** What has happened in a scenario so far. */
export interface Course {
    readonly machines: BootedMachine[];
    readonly faults: FaultWatch[];
    readonly keys: string[];
    /** Machines whose image was made anew. */
    readonly fresh: Set<Host>;
    /** The cluster that the scenario has started for itself. */
    ownCluster?: Cluster;
    /** Whether a machine was seen to do what the plan says of it. */
    met: boolean;
    readonly breakdown: Breakdown;
    readonly measured: (readonly [what: string, value: string])[];
    readonly progress: Progress;
}

/** Something that the scenario stands on, and that may end under it. */
interface Breakdown {
    readonly happen: (error: Error) => void;
    /** Rejects when it has happened; never settles otherwise. */
    readonly happened: Promise<never>;
}

/** A scenario in which nothing has happened yet. @param key of the client that every scenario has. */
export function beginCourse(key: string, progress: Progress): Course {
    return {
        machines: [],
        faults: [],
        keys: [key],
        fresh: new Set(),
        met: false,
        breakdown: breakdown(),
        measured: [],
        progress,
    };
}

function breakdown(): Breakdown {
    let happen: Breakdown['happen'] = () => {};
    const happened = new Promise<never>((_, reject) => {
        happen = reject;
    });
    happened.catch(() => {});
    return { happen: (error) => happen(error), happened };
}

/** Takes back what still goes wrong, the last first: others come after. */
export async function endFaults({ faults }: Course): Promise<void> {
    for (const one of faults.toReversed()) {
        await one.end();
    }
}

/** Seconds after which what does not end is left to the end of the namespaces. */
const takeDownSeconds = 30;

/** Takes the power from all machines. Never rejects, and never takes long. */
export async function takeDown(course: Course): Promise<void> {
    const { machines, ownCluster } = course;
    const all = endFaults(course)
        .then(() => Promise.allSettled(machines.map((machine) => machine.cutPower())))
        .then(() => ownCluster?.stop());
    const late = delay(takeDownSeconds * 1000, 'late', { ref: false });
    if ((await Promise.race([all.catch(() => {}), late])) === 'late') {
        const names = machines.map(({ name }) => name).join(', ');
        process.stderr.write(`not off after ${takeDownSeconds} s: one of ${names}\n`);
    }
}
