import { readFileSync } from 'node:fs';

/**
 * Seconds that a thread ran or stood in the queue for a processor (schedstats, "Documentation/
 * scheduler/sched-stats.rst"). On a machine with other work a busy thread runs little and waits much.
 */
export function processorSeconds(pid: number, thread: number): number | undefined {
    const text = contents(`/proc/${pid}/task/${thread}/schedstat`);
    const [ran, waited] = text?.split(' ') ?? [];
    return ran === undefined || waited === undefined
        ? undefined
        : (Number(ran) + Number(waited)) / 1e9;
}

/** `R`, `S`, `T`… (proc_pid_stat(5)). */
export function processState(pid: number): string | undefined {
    const stat = contents(`/proc/${pid}/stat`);
    return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[0];
}

/** Bytes that a machine has sent: what its taps have received. */
export function bytesSent(taps: readonly string[]): number {
    return receivedBytes(contents('/proc/net/dev') ?? '', taps);
}

/** Sums the first column of /proc/net/dev (proc_pid_net(5)) over some interfaces. */
export function receivedBytes(table: string, interfaces: readonly string[]): number {
    return table
        .split('\n')
        .map((line) => /^\s*(?<name>[^:\s]+):\s*(?<bytes>\d+)/.exec(line)?.groups)
        .filter((groups) => groups !== undefined && interfaces.includes(groups.name ?? ''))
        .reduce((sum, groups) => sum + Number(groups?.bytes), 0);
}

function contents(path: string): string | undefined {
    try {
        return readFileSync(path, 'utf8');
    } catch {
        return undefined;
    }
}
