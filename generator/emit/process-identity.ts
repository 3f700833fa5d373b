import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Enough of a process to tell later, from another one, whether it still runs. */
export interface ProcessIdentity {
    readonly pid: number;
    readonly host: string;
    /** The kernel's id of this boot: no process outlives it. */
    readonly boot: string;
    /** The pid namespace, outside which the number means nothing. */
    readonly namespace: string;
    /** Clock ticks from the boot to the start: a number that is used again has another one. */
    readonly started: string;
}

export function identifySelf(): ProcessIdentity {
    return {
        pid: process.pid,
        host: hostname(),
        boot: orUnknown(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
        namespace: orUnknown(() => readlinkSync('/proc/self/ns/pid')),
        started: startOf(process.pid) ?? 'unknown',
    };
}

/**
 * Whether a process is certainly gone. One on another machine, or in another pid namespace, cannot
 * be seen from here and counts as running.
 */
export function isGone(other: ProcessIdentity): boolean {
    const self = identifySelf();
    if (other.boot !== self.boot) {
        return other.host === self.host;
    }
    return other.namespace === self.namespace && startOf(other.pid) !== other.started;
}

/** Field 22 of /proc/PID/stat (man 5 proc), counted after the name, which may hold anything. */
function startOf(pid: number): string | undefined {
    const stat = orUnknown(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function orUnknown(read: () => string): string {
    try {
        return read();
    } catch {
        return 'unknown';
    }
}
