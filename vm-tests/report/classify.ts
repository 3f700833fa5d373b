import type { Observation } from '../journal.ts';
import { classOfFailureIn } from '../qemu/failures.ts';
import { classOfReport } from './code-classes.ts';
import { classIn, type FailureClass } from './failure-class.ts';

/** Lines after which a machine may still come up, and which tell something if it does not; the most telling first. */
const signs: readonly (readonly [RegExp, FailureClass])[] = [
    [/switch_root/, 'switchroot'],
    [/modprobe: (?:FATAL|can't|ERROR)|Unknown symbol|invalid module format/, 'kernel-load'],
    // Not the name alone: systemd has a target of it, which every machine reaches.
    [
        /cryptsetup: (?:ERROR|WARNING)|Failed to start systemd-cryptsetup@|No key available with this passphrase/,
        'luks',
    ],
    [/XFS.*[Cc]orruption|fsck.*failed/, 'fs'],
];

/** The phase that a machine was in says where to look when nothing else does. */
const phases: readonly (readonly [RegExp, FailureClass])[] = [
    [/^shutdown/, 'shutdown'],
    [/^multi-user$|^systemd$/, 'userspace'],
    [/^root is mounted$/, 'switchroot'],
    [/unlock-luks|crypttab/, 'luks'],
    [/mount-root|check-root|overlay-root/, 'fs'],
    [/map-image/, 'mon'],
    [/load-modules/, 'kernel-load'],
    [/network|keep-address/, 'net'],
    [/^initramfs$|^kernel$/, 'kernel'],
    [/kernel is unpacked|iPXE: (script|kernel|initrd)/, 'http'],
    [/iPXE: lease/, 'dhcp'],
    [/firmware/, 'firmware'],
];

/** What a failure is judged by. */
export interface Evidence {
    /** What ended the scenario. One that knows its class decides. */
    readonly error?: unknown;
    readonly observations: readonly Observation[];
    /** The names of the phases that the machines were in, the last one last. */
    readonly reached: readonly string[];
}

/**
 * The class of a failure: what the error itself says, or the code that a boot script gave, or a line
 * that tells, or how far the machine had come; where no machine had power at all, `harness`, and
 * `infra` if this computer had no more room or time for a program.
 */
export function classify({ error, observations, reached }: Evidence): FailureClass {
    const lines = observations.filter(({ source }) => source === 'console').map(({ text }) => text);
    return (
        classIn(error) ??
        (isOfThisComputer(error) ? 'infra' : undefined) ??
        lines.map(classOfReport).findLast((found) => found !== undefined) ??
        classOfFailureIn(lines) ??
        signs.find(([pattern]) => lines.some((line) => pattern.test(line)))?.[1] ??
        classOfPhase(reached.at(-1)) ??
        'harness'
    );
}

/** Where to look for what went wrong in a phase. */
export function classOfPhase(phase: string | undefined): FailureClass | undefined {
    return phase === undefined ? undefined : phases.find(([pattern]) => pattern.test(phase))?.[1];
}

/** Whether an error comes from a full disk, a full memory, or a program that got no time. */
function isOfThisComputer(error: unknown): boolean {
    if (!(error instanceof Error)) {
        return false;
    }
    const { code, timedOut } = error as { code?: unknown; timedOut?: unknown };
    return (
        timedOut === true ||
        ['ENOSPC', 'ENOMEM', 'EMFILE', 'EAGAIN'].includes(String(code)) ||
        isOfThisComputer(error.cause)
    );
}
