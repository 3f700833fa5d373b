import type { Firmware } from '../network-start.ts';
import type { Release } from './trial.ts';

/** What `rbdboot vm-test` was asked for, as it goes from one process to the next. */
export interface VmTestRequest {
    /** Names of hosts, in the order in which they are tried. */
    readonly hosts: readonly string[];
    readonly firmware: Firmware;
    /** Absent: the one whose kernel fits the configuration. */
    readonly release?: Release;
    readonly packages: readonly string[];
    readonly json: boolean;
}

/** All is up. Something did not come up. It cannot be tried here. */
export const exitCodes = Object.freeze({ up: 0, down: 1, cannot: 3 } as const);

/** Reads what the command line has: one word of JSON. */
export function requestIn(words: readonly string[]): VmTestRequest {
    return JSON.parse(words[0] ?? '');
}
