import { join } from 'node:path';
import type { Site } from '../generator/model/site.ts';
import { buildDirectory } from './build-directory.ts';
import { classOfFailure, concludeFailure } from './bundle/conclude.ts';
import { Complaint } from './complaint.ts';
import { sizesOf } from './images/machine-image.ts';
import { type RunningLab, startLab } from './lab.ts';
import { type Firmware, networkStart } from './network-start.ts';
import type { Preparation } from './preparation.ts';
import { type Machine, powerOn } from './qemu/machine.ts';
import { guestReport } from './qemu/report.ts';
import { narrate, type Phase, timelineOf } from './timeline.ts';
import { judge, type Verdict } from './verdict.ts';

/** Seconds from power-on to the multi-user target: three times what it takes under BIOS, twice under UEFI. */
const bound = 120;

/** One boot of the first machine of a configuration, to be looked at. */
export interface ShownBoot {
    readonly prepared: Preparation;
    readonly site: Site;
    readonly firmware: Firmware;
    /** What it is called in the bundle of a failure, and the command that does the same again. */
    readonly title: string;
    readonly repeat: string;
    /** Takes a line of progress. */
    readonly say: (line: string) => void;
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
 * Makes a lab around the first machine of a configuration, boots it as a rack would, and compares
 * what it says of itself with what the cluster says.
 *
 * @throws Complaint with the reason and the place of the bundle, if it does not come up.
 */
export async function showBoot(shown: ShownBoot): Promise<Success> {
    const { firmware, prepared, repeat, say, site, title } = shown;
    const started = performance.now();
    const running = await startLab(prepared, site, (text) =>
        say(
            `        ${text}, ${((performance.now() - started) / 1000).toFixed(1)} s from the start`,
        ),
    );
    const { lab } = running;
    const machine = await powerOn({
        name: lab.host.name,
        mac: lab.host.mac,
        network: lab.network,
        accelerator: lab.accelerator,
        start: await networkStart(firmware, join(lab.state, 'machine')),
        directory: join(lab.directory, lab.host.name),
        sockets: lab.state,
        serverLogs: lab.serverLogs,
    });
    narrate(machine, say);
    return succeed(running, machine).catch(async (error: Error) => {
        const directory = join(buildDirectory().bundles, title.replace(/[^a-z0-9]+/gi, '-'));
        const { message } = await concludeFailure({
            lab,
            machines: [machine],
            images: [lab.host.image],
            directory,
            title,
            error,
            failureClass: classOfFailure([machine], error),
            repeat,
            keys: [lab.credential.key],
        });
        throw new Complaint(message, { cause: error });
    });
}

async function succeed({ broken, lab }: RunningLab, machine: Machine): Promise<Success> {
    const report = await Promise.race([guestReport(machine, bound), broken]);
    return {
        machine,
        seconds: report.seconds,
        ...(await judge(lab, report)),
        phases: timelineOf(machine.journal.all(), machine.poweredOn),
        bytes: await sizesOf(lab.image),
    };
}
