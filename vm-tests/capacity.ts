import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Megabytes that a machine with its memory of 1 GiB takes, and what the rest of the lab wants. */
const perMachine = 1300;
const forOthers = 3000;

/**
 * How many machines may have power at the same time: two more than there are processors, since one or
 * another always waits for what does not come, and as many as there is memory for. With one more, a
 * processor was idle for a third of the time. `MACHINES` says otherwise.
 */
export function capacity(
    environment: Readonly<Record<string, string | undefined>> = process.env,
): number {
    const asked = Number(environment.MACHINES);
    if (Number.isInteger(asked) && asked > 0) {
        return asked;
    }
    const megabytes = availableMegabytes(readFileSync('/proc/meminfo', 'utf8'));
    const byMemory = Math.floor((megabytes - forOthers) / perMachine);
    return Math.max(1, Math.min(availableParallelism() + 2, byMemory));
}

/** `MemAvailable` of /proc/meminfo, in megabytes (proc(5)). */
export function availableMegabytes(meminfo: string): number {
    return Number(/^MemAvailable: +(\d+) kB$/m.exec(meminfo)?.[1] ?? 0) / 1024;
}
