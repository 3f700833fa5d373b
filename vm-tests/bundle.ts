import { copyFile, cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { type ImageReference, printImageReference } from '../generator/model/image-reference.ts';
import { redact } from './canary.ts';
import type { ClusterAccess } from './cluster/start.ts';
import { filesIn } from './files-in.ts';
import type { Lab } from './lab.ts';
import type { Machine } from './qemu/machine.ts';
import { screenshot } from './qemu/screenshot.ts';
import { printTimeline, timelineOf } from './timeline.ts';

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
    /** The command that does the same again. */
    readonly repeat: string;
    /** What must not stand in any file of it. */
    readonly keys: readonly string[];
}

/**
 * Collects everything that helps to find out why a machine did not come up: what it showed, what it
 * was given, what the servers and the cluster saw, and a summary to start from. The keys are struck
 * out of all of it, so it can be handed on.
 */
export async function writeBundle(request: BundleRequest): Promise<void> {
    const { directory, keys, lab, machines } = request;
    // What follows the line that ended the wait tells what to do.
    await delay(500);
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory, { recursive: true });
    for (const [index, machine] of machines.entries()) {
        const target = join(directory, machines.length === 1 ? 'machine' : `machine-${index + 1}`);
        await mkdir(target);
        await writeMachine(target, machine);
    }
    await writeFile(join(directory, 'cluster.txt'), await clusterState(lab, request.images));
    await cp(lab.logs, directory, { recursive: true });
    await writeFile(join(directory, 'summary.md'), summary(request));
    await redactAll(directory, keys);
}

async function writeMachine(target: string, machine: Machine): Promise<void> {
    const { journal, poweredOn } = machine;
    await screenshot(machine);
    for (const name of await readdir(machine.directory)) {
        await copyFile(join(machine.directory, name), join(target, name));
    }
    const observations = journal.all();
    const lines = observations.map(
        ({ at, source, text }) =>
            `${((at - poweredOn) / 1000).toFixed(3).padStart(8)}  ${source.padEnd(7)}  ${text}\n`,
    );
    const console = lines.filter((_, index) => observations[index]?.source === 'console');
    await writeFile(join(target, 'console.txt'), console.join(''));
    await writeFile(join(target, 'everything.txt'), lines.join(''));
    const timeline = { phases: timelineOf(observations, poweredOn), observations };
    await writeFile(join(target, 'timeline.json'), `${JSON.stringify(timeline, undefined, 1)}\n`);
}

/** What the cluster's administrator would look at. A command that fails says so in its place. */
async function clusterState({ cluster }: Lab, images: readonly ImageReference[]): Promise<string> {
    const commands: readonly (readonly [string, ...string[]])[] = [
        ['ceph', '--status'],
        ['ceph', 'osd', 'blocklist', 'ls'],
        ...images
            .map(printImageReference)
            .flatMap((image) => [
                ['rbd', 'info', image] as const,
                ['rbd', 'status', image] as const,
                ['rbd', 'lock', 'ls', image] as const,
            ]),
    ];
    const states = await Promise.all(commands.map((command) => run(cluster, command)));
    return states.join('\n');
}

async function run(
    { conf }: ClusterAccess,
    [program, ...words]: readonly [string, ...string[]],
): Promise<string> {
    const { all } = await execa(program, ['--conf', conf, ...words], {
        all: true,
        reject: false,
        timeout: 10_000,
    });
    return `$ ${program} ${words.join(' ')}\n${all}\n`;
}

function summary({ error, machines, repeat, title }: BundleRequest): string {
    const timelines = machines.map(
        ({ journal, name, poweredOn }) =>
            `## ${name}\n\n\`\`\`\n${printTimeline(timelineOf(journal.all(), poweredOn))}\n\`\`\`\n\nThe console at the end:\n\n\`\`\`\n${lastLines(journal.all())}\n\`\`\`\n`,
    );
    return [
        `# ${title}`,
        `\`\`\`\n${error.message}\n\`\`\``,
        `To repeat it: \`${repeat}\``,
        ...timelines,
    ].join('\n\n');
}

function lastLines(observations: ReturnType<Machine['journal']['all']>): string {
    return observations
        .filter(({ source }) => source === 'console')
        .slice(-20)
        .map(({ text }) => text)
        .join('\n');
}

async function redactAll(directory: string, keys: readonly string[]): Promise<void> {
    for (const [file, contents] of Object.entries(await filesIn(directory))) {
        await writeFile(join(directory, file), redact(contents, keys));
    }
}
