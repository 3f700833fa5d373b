// What a scenario waits for, with room for a lab in which several machines share two processors.
import type { BootedMachine } from './booted-machine.ts';
import type { GuestReport } from './qemu/report.ts';
import { type SmallRootStarted, smallRootStarted } from './qemu/small-root-started.ts';

/** Seconds of the watch that a machine which lost its power leaves (osd_client_watch_timeout). */
const staleLock = 30;

/** It has reached the multi-user target, and has said all that it says of itself. */
export function isUp(machine: BootedMachine): Promise<GuestReport> {
    return machine.up(210 + staleLock);
}

/**
 * Its image is mounted, and the system on it starts: all that the boot scripts have to do with.
 *
 * @returns seconds from power-on.
 */
export function rootIsMounted(machine: BootedMachine): Promise<number> {
    return machine.rootMounted(150 + staleLock);
}

/** The init of a small root runs (`images/small-root.ts`). */
export function smallRootRuns(machine: BootedMachine): Promise<SmallRootStarted> {
    return smallRootStarted(machine, 120 + staleLock);
}
