import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ImageReference } from '../../generator/model/image-reference.ts';
import { filesIn } from '../files-in.ts';
import type { Lab } from '../lab.ts';
import type { Machine } from '../qemu/machine.ts';
import type { FailureClass } from '../report/failure-class.ts';
import { timelineOf } from '../timeline.ts';
import { writeClusterFiles } from './cluster-files.ts';
import { diagnose } from './diagnose.ts';
import { environmentOf } from './environment.ts';
import { limitSteps } from './limited.ts';
import { writeMachineFiles } from './machine-files.ts';
import { redactDirectory } from './redact-directory.ts';
import { printSummary } from './summary.ts';

/** What a failure leaves behind. */
export interface BundleRequest {
    readonly lab: Lab;
    /** Those that had power, also those that have none any more. */
    readonly machines: readonly Machine[];
    /** Those of the machines. */
    readonly images: readonly ImageReference[];
    /** Made anew; what was in it goes. */
    readonly directory: string;
    readonly title: string;
    readonly error: Error;
    readonly failureClass: FailureClass;
    /** The command that does the same again. */
    readonly repeat: string;
    /** What must not stand in any file of it. */
    readonly keys: readonly string[];
}

/** Seconds after which nothing more is asked for. */
const patience = 60;

type Collected = Omit<BundleRequest, 'keys'>;

/**
 * Collects everything that helps to find out why a machine did not come up: what it showed, what it
 * was given, what the servers and the cluster saw, and a summary to start from. What hangs is left out
 * after 5 s. The keys are struck out of all of it before any of it is in its place, so what is there can
 * be handed on.
 */
export async function writeBundle({ keys, ...request }: BundleRequest): Promise<void> {
    const { directory, lab } = request;
    await rm(directory, { recursive: true, force: true });
    const unfinished = join(lab.directory, 'bundles', basename(directory));
    await mkdir(unfinished, { recursive: true });
    try {
        await collect({ ...request, directory: unfinished });
        await redactDirectory(unfinished, keys);
        await cp(unfinished, directory, { recursive: true });
    } finally {
        // What was not waited for any longer finds no place to write to.
        await rm(unfinished, { recursive: true, force: true, maxRetries: 3 });
    }
}

async function collect(request: Collected): Promise<void> {
    const { directory, error, images, lab, machines } = request;
    // What follows the line that ended the wait tells what to do.
    await delay(500);
    const steps = limitSteps(directory, patience, lab.accelerator.slowness);
    // What a machine does now is gone soon, so it is asked first.
    const hangs = /stalled: |not within|not over after/.test(error.message);
    const inVain: string[] = [];
    for (const [index, machine] of machines.entries()) {
        const target = join(directory, machines.length === 1 ? 'machine' : `machine-${index + 1}`);
        await mkdir(target);
        await diagnose(machine, target, hangs && machine.journal.closed() === undefined, steps);
        inVain.push(await writeMachineFiles(lab, machine, target, steps));
    }
    await writeClusterFiles(lab, images, directory, steps);
    await writeJson(join(directory, 'timeline.json'), machines.map(timelineFile));
    await steps.take('env.json', async () =>
        writeJson(join(directory, 'env.json'), await environmentOf(lab.accelerator)),
    );
    const files = Object.keys(await filesIn(directory)).sort();
    const summary = printSummary({ ...request, message: error.message, files, inVain });
    await writeFile(join(directory, 'summary.md'), summary);
}

/** All that was seen of a machine, in seconds from power-on, from every source in one order. */
function timelineFile({ journal, name, poweredOn, pulse }: Machine) {
    const seconds = (at: number) => Math.round(at - poweredOn) / 1000;
    return {
        machine: name,
        phases: timelineOf(journal.all(), poweredOn),
        longestQuiet: pulse.longestQuiet(),
        observations: [...journal.all()]
            .sort((one, other) => one.at - other.at)
            .map(({ at, ...rest }) => ({ at: seconds(at), ...rest })),
    };
}

async function writeJson(path: string, value: unknown): Promise<void> {
    await writeFile(path, `${JSON.stringify(value, undefined, 1)}\n`);
}
