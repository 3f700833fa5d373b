import type { Host } from '../generator/model/site.ts';
import type { BootedMachine } from './booted-machine.ts';
import type { Cluster } from './cluster/start.ts';
import type { FaultWatch } from './faults/watch.ts';
import { inTime } from './in-time.ts';
import type { Progress } from './report/live/channel.ts';

/** What has happened in a scenario so far. */
export interface Course {
    readonly machines: BootedMachine[];
    /** Boots under way, and those that were: each settles, never rejects, when its machine is in `machines`. */
    readonly boots: Promise<unknown>[];
    /** Whether nothing may begin any more. */
    over: boolean;
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
        boots: [],
        over: false,
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

/** Seconds after which what does not end is left to the end of the namespaces. */
const patience = 30;

/** Takes back what still goes wrong, the last first: others come after. Never rejects, or takes long. */
export async function endFaults({ faults }: Course): Promise<void> {
    for (const one of faults.toReversed()) {
        await atTheEnd('a fault does not end', one.end);
    }
}

/** Takes the power from all machines, also from those that are about to get it. Never rejects, or takes long. */
export async function takeDown(course: Course): Promise<void> {
    course.over = true;
    await atTheEnd('a machine is about to boot', () => Promise.all(course.boots));
    await endFaults(course);
    await Promise.all(
        course.machines.map(({ cutPower, name }) => atTheEnd(`${name} is not off`, cutPower)),
    );
    await atTheEnd('its cluster does not end', async () => course.ownCluster?.stop());
}

/** Says on the terminal what does not end as it should. */
async function atTheEnd(trouble: string, work: () => Promise<unknown>): Promise<void> {
    try {
        await inTime(patience, work(), `not within ${patience} s`);
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        process.stderr.write(`at the end of a scenario ${trouble}: ${reason}\n`);
    }
}
