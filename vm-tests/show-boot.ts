import { join, relative } from 'node:path';
import type { Site } from '../generator/model/site.ts';
import { buildDirectory } from './build-directory.ts';
import { classOfFailure, concludeFailure } from './bundle/conclude.ts';
import { Complaint } from './complaint.ts';
import { sizesOf } from './images/machine-image.ts';
import { type RunningLab, startLab } from './lab.ts';
import { type Firmware, networkStart } from './network-start.ts';
import type { Preparation } from './preparation.ts';
import type { Machine, PowerOn } from './qemu/machine.ts';
import { powerOn } from './qemu/power-on.ts';
import { guestReport } from './qemu/report.ts';
import type { FailureClass } from './report/failure-class.ts';
import { narrate, type Phase, timelineOf } from './timeline.ts';
import { judge, type Verdict } from './verdict.ts';

/** Seconds from power-on to the multi-user target: three times what it takes under BIOS, twice under UEFI. */
const usualBound = 120;

/** What is said of a boot while it goes on, and when it fails. */
export interface Telling {
    /** What it is called in the bundle of a failure, and the command that does the same again. */
    readonly title: string;
    readonly repeat: string;
    /** Takes a line of progress. */
    readonly say: (line: string) => void;
}

/** One boot of the first machine of a configuration, to be looked at. */
export interface ShownBoot extends Telling {
    readonly prepared: Preparation;
    readonly site: Site;
    readonly firmware: Firmware;
}

/** How a machine boots that is not like that of the reference example. */
export interface BootDetails {
    /** What it has besides its one NIC in the bridge. */
    readonly machine?: Partial<Pick<PowerOn, 'otherNics' | 'uuid' | 'wiring'>>;
    /** What its root is mounted from. */
    readonly device?: string;
    /** Secrets besides the key of its client. */
    readonly keys?: readonly string[];
    /** Seconds until it has to be up. Default: 120. */
    readonly bound?: number;
    /** What somebody does who stands in front of it. Default: nothing. */
    readonly attend?: (machine: Machine) => Promise<void>;
}

/** A machine that is up, and what was measured of it. */
export interface Success extends Verdict {
    readonly machine: Machine;
    /** From power-on to the multi-user target. */
    readonly seconds: number;
    readonly phases: readonly Phase[];
    readonly bytes: Awaited<ReturnType<typeof sizesOf>>;
}

/**
 * Makes a lab around the first machine of a configuration, and boots it: {@link bootToTheEnd}.
 */
export async function showBoot(shown: ShownBoot): Promise<Success> {
    const { firmware, prepared, say, site } = shown;
    const running = await startLab(prepared, site, sayWithTime(say));
    return bootToTheEnd(running, firmware, shown);
}

/** Says what is done, with the time from now on. */
export function sayWithTime(say: (line: string) => void): (text: string) => void {
    const started = performance.now();
    return (text) =>
        say(
            `        ${text}, ${((performance.now() - started) / 1000).toFixed(1)} s from the start`,
        );
}

/**
 * Boots the machine of a lab as a rack would, and compares what it says of itself with what the
 * cluster says.
 *
 * @throws NotUp with the reason and the place of the bundle, if it does not come up.
 */
export async function bootToTheEnd(
    running: RunningLab,
    firmware: Firmware,
    { repeat, say, title }: Telling,
    details: BootDetails = {},
): Promise<Success> {
    const { lab } = running;
    const machine = await powerOn({
        name: lab.host.name,
        mac: lab.host.mac,
        network: lab.network,
        accelerator: lab.accelerator,
        start: await networkStart(firmware, join(lab.state, lab.host.name)),
        directory: join(lab.directory, lab.host.name),
        sockets: lab.state,
        serverLogs: lab.serverLogs,
        ...details.machine,
    });
    narrate(machine, say);
    return succeed(running, machine, details).catch(async (error: Error) => {
        const directory = join(buildDirectory().bundles, title.replace(/[^a-z0-9]+/gi, '-'));
        const failureClass = classOfFailure([machine], error);
        const { message } = await concludeFailure({
            lab,
            machines: [machine],
            images: [lab.host.image],
            directory,
            title,
            error,
            failureClass,
            repeat,
            keys: [lab.credential.key, ...(details.keys ?? [])],
        });
        await machine.cutPower();
        throw new NotUp(
            error,
            failureClass,
            message,
            `${relative(process.cwd(), directory)}/summary.md`,
        );
    });
}

/** A machine that did not come up, with the place of all that is known of it. */
export class NotUp extends Complaint {
    readonly reason: string;
    readonly failureClass: FailureClass;
    readonly bundle: string;

    constructor(error: Error, failureClass: FailureClass, message: string, bundle: string) {
        super(message, { cause: error });
        this.reason = error.message;
        this.failureClass = failureClass;
        this.bundle = bundle;
    }
}

async function succeed(
    { broken, lab }: RunningLab,
    machine: Machine,
    { attend, bound = usualBound, device }: BootDetails,
): Promise<Success> {
    const attending = attend?.(machine) ?? Promise.resolve();
    const up = Promise.all([guestReport(machine, bound), attending]);
    const [report] = await Promise.race([up, broken]);
    return {
        machine,
        seconds: report.seconds,
        ...(await judge(lab, report, device)),
        phases: timelineOf(machine.journal.all(), machine.poweredOn),
        bytes: await sizesOf(lab.image),
    };
}
