import type { Host } from '../generator/model/site.ts';
import { expectOpen } from './cluster/expect-open.ts';
import type { ClusterAccess } from './cluster/start.ts';
import {
    blocklist,
    changedSince,
    type ImageClient,
    imageId,
    imageUsers,
    imageWatchers,
    lockOwner,
} from './cluster/truth.ts';
import type { FaultWatch } from './faults/watch.ts';
import { inTime } from './in-time.ts';
import type { Observation } from './journal.ts';
import { type Held, outcomeOf } from './outcome.ts';
import type { FailureReport } from './qemu/failure-report.ts';
import { type GuestShell, logIn } from './qemu/guest-shell.ts';
import type { Machine } from './qemu/machine.ts';
import { type GuestReport, guestReport } from './qemu/report.ts';
import { rootMounted } from './qemu/root-mounted.ts';
import type { Started } from './scene.ts';

/** A machine of a scenario: what it says, what its console shows, what the cluster knows of it. */
export interface BootedMachine extends Machine {
    readonly host: Host;
    /** Waits until it is up and has said all that it says of itself. @param seconds from now on. */
    readonly up: (seconds: number) => Promise<GuestReport>;
    /**
     * Waits until its image is mounted and the system on it starts, which the cluster has to know of.
     *
     * @returns seconds from power-on.
     */
    readonly rootMounted: (seconds: number) => Promise<number>;
    /** Waits until it has failed as the scenario's `outcome` says, in that time, and has said all of it. */
    readonly refused: () => Promise<FailureReport>;
    /** Waits until it shows what the scenario's `outcome` says, in that time. Default: on its console. */
    readonly showed: (pattern: RegExp, source?: Observation['source']) => Promise<Observation>;
    /**
     * Says that what the `outcome` says has been seen, where that is not a line.
     *
     * @throws Error if its time was over before.
     */
    readonly showedInTime: () => void;
    /**
     * Waits until it has switched itself off, or rebooted. A machine that was up and does that without
     * being waited for makes its scenario fail.
     *
     * @param seconds from now on, on a machine of the usual speed. Default: 180.
     * @returns how QEMU ended.
     */
    readonly switchedOff: (seconds?: number) => Promise<string>;
    /** Whether the scenario waited, or waits, for that. */
    readonly mayEnd: () => boolean;
    /** Logs in at its console; only one can be at it. */
    readonly logIn: (seconds: number) => Promise<GuestShell>;
    readonly console: MachineConsole;
    /** What the cluster knows of its image. */
    readonly image: ImageTruth;
    /** Has a fault be there while something is done: `machine.during(cutCable(), () => ...)`. */
    readonly during: FaultWatch['during'];
}

/** What a machine has shown on its serial console, without control characters. */
export interface MachineConsole {
    readonly lines: () => readonly string[];
    readonly text: () => string;
    /**
     * Waits for a line, or finds it.
     *
     * @param what completes the sentence "waiting for WHAT".
     */
    readonly shows: (what: string, pattern: RegExp, seconds: number) => Promise<Observation>;
}

/** An image as the cluster sees it. */
export interface ImageTruth {
    /** Who has it open. */
    readonly watchers: () => Promise<readonly ImageClient[]>;
    /** Who holds its exclusive lock. */
    readonly owner: () => Promise<ImageClient | undefined>;
    /** Both by address: {@link nobody} if nobody has it. */
    readonly users: () => ReturnType<typeof imageUsers>;
    readonly id: () => Promise<string>;
    /** Whether anything was written since a snapshot. */
    readonly changedSince: (snapshot: string) => Promise<boolean>;
    /** The instances of clients that its cluster serves no more. */
    readonly blocklist: () => Promise<readonly string[]>;
}

/** The users of an image that nobody has. */
export const nobody = Object.freeze({ watchers: [], owner: undefined });

/** The users of an image that one machine alone has. */
export function only(address: string | undefined) {
    return { watchers: [address], owner: address };
}

/**
 * Puts what can be asked about a machine beside it.
 *
 * @param held what the scenario says of its machines, and who is told when that was seen.
 */
export function describeMachine(
    { faults, machine }: Started,
    host: Host,
    cluster: ClusterAccess,
    held: Held,
): BootedMachine {
    let mayEnd = false;
    return {
        ...machine,
        host,
        switchedOff: (seconds = 180) => {
            mayEnd = true;
            const limit = seconds * held.slowness;
            return inTime(
                limit,
                machine.ended,
                `${machine.name} is not off: not within ${limit} s`,
            );
        },
        mayEnd: () => mayEnd,
        up: (seconds) => guestReport(machine, seconds),
        rootMounted: async (seconds) => {
            const at = await rootMounted(machine, seconds);
            await expectOpen(cluster, host.image);
            return at;
        },
        ...outcomeOf(machine, held),
        logIn: (seconds) => logIn(machine, seconds),
        console: consoleOf(machine),
        image: truthOf(host, cluster),
        during: faults.during,
    };
}

function consoleOf({ journal }: Machine): MachineConsole {
    const lines = () =>
        journal
            .all()
            .filter(({ source }) => source === 'console')
            .map(({ text }) => text);
    return {
        lines,
        text: () => lines().join('\n'),
        shows: (what, pattern, seconds) =>
            journal.waitFor(
                what,
                ({ source, text }) => source === 'console' && pattern.test(text),
                seconds,
            ),
    };
}

/** What a cluster knows of the image of a host. */
export function truthOf({ image }: Host, cluster: ClusterAccess): ImageTruth {
    return {
        watchers: () => imageWatchers(cluster, image),
        owner: () => lockOwner(cluster, image),
        users: () => imageUsers(cluster, image),
        id: () => imageId(cluster, image),
        changedSince: (snapshot) => changedSince(cluster, image, snapshot),
        blocklist: () => blocklist(cluster),
    };
}
