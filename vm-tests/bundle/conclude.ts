import { relative } from 'node:path';
import { inTime } from '../in-time.ts';
import type { Machine } from '../qemu/machine.ts';
import { classify } from '../report/classify.ts';
import { BootFailure, type FailureClass } from '../report/failure-class.ts';
import { timelineOf } from '../timeline.ts';
import { type BundleRequest, writeBundle } from './write-bundle.ts';

/** Seconds for all of a bundle, what cannot be interrupted included. */
const patience = 120;

/** The class of what ended a scenario with these machines. */
export function classOfFailure(machines: readonly Machine[], error: Error): FailureClass {
    return classify({
        error,
        observations: machines.flatMap(({ journal }) => journal.all()),
        reached: machines.flatMap(phasesOf),
    });
}

/**
 * Writes the bundle of a failure. One that cannot be written takes nothing away from the failure.
 *
 * @returns the failure, its class as the first word, its last line the place of the bundle.
 */
export async function concludeFailure(failed: BundleRequest): Promise<BootFailure> {
    const { directory, error, failureClass } = failed;
    const limit = patience * failed.lab.accelerator.slowness;
    const place = await inTime(limit, writeBundle(failed), `not done within ${limit} s`).then(
        () => `Everything that is known of it: ${relative(process.cwd(), directory)}/summary.md`,
        (reason: Error) => `Its bundle could not be written: ${reason.message}`,
    );
    const failure = new BootFailure(failureClass, `${failureClass}: ${error.message}\n${place}`, {
        cause: error,
    });
    // Where the scenario asked for what was not so.
    failure.stack = error.stack?.replace(error.message, failure.message) ?? '';
    return failure;
}

/** How the machine of a scenario boots, as far as that is not in the scenario itself. */
export interface Circumstances {
    readonly accelerator: string;
    readonly firmware?: string;
    readonly seed?: string;
}

/** The command that plays a scenario again under the same circumstances, in one line. */
export function repeatCommand(id: string, { accelerator, firmware, seed }: Circumstances): string {
    return [
        `make vm-test ONLY=${id}`,
        `RBDBOOT_ACCELERATOR=${accelerator}`,
        ...(firmware === undefined ? [] : [`FIRMWARE=${firmware}`]),
        ...(seed === undefined ? [] : [`SEED=${seed}`]),
    ].join(' ');
}

function phasesOf({ journal, poweredOn }: Machine): readonly string[] {
    return timelineOf(journal.all(), poweredOn).map(({ name }) => name);
}
