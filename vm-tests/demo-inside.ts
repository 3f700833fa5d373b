// The demo, as the first process of its namespaces.
import { join, relative } from 'node:path';
import { buildDirectory } from './build-directory.ts';
import { writeBundle } from './bundle.ts';
import { Complaint, describeError } from './complaint.ts';
import { sizesOf } from './images/machine-image.ts';
import { keepRunning } from './keep.ts';
import { type RunningLab, startLab } from './lab.ts';
import { endWithStarter } from './namespace.ts';
import { preparation } from './preparation.ts';
import { type Machine, powerOn } from './qemu/machine.ts';
import { guestReport } from './qemu/report.ts';
import { siteIn } from './site.ts';
import { narrate, printTimeline, timelineOf } from './timeline.ts';
import { judge } from './verdict.ts';

/** Seconds from power-on to the multi-user target: three times what it takes. */
const bound = 120;

const say = (line: string) => process.stdout.write(`${line}\n`);

endWithStarter();
try {
    await demonstrate();
    process.exit(0);
} catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    process.exit(1);
}

async function demonstrate(): Promise<void> {
    const started = performance.now();
    const prepared = preparation();
    const site = await siteIn(prepared.config);
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
        directory: join(lab.directory, lab.host.name),
        sockets: lab.state,
        serverLogs: lab.serverLogs,
    });
    narrate(machine, say);
    const summary = await bootSummary(running, machine).catch(async (error: Error) => {
        const directory = join(buildDirectory().bundles, 'demo');
        await writeBundle({
            lab,
            machines: [machine],
            images: [lab.host.image],
            directory,
            title: 'demo',
            error,
            repeat: 'make demo',
            keys: [lab.credential.key],
        });
        throw new Complaint(
            `${error.message}\nEverything that is known of it: ${relative(process.cwd(), directory)}/summary.md`,
            { cause: error },
        );
    });
    say(summary);
    if (process.env.KEEP === '1') {
        await keepRunning(machine, say);
    }
}

/** What came out, every part of it measured, with one line for all of it at the end. */
async function bootSummary({ broken, lab }: RunningLab, machine: Machine): Promise<string> {
    const report = await Promise.race([guestReport(machine, bound), broken]);
    const { device, image, owner } = await judge(lab, report);
    const sizes = await sizesOf(lab.image);
    const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
    return [
        '',
        printTimeline(timelineOf(machine.journal.all(), machine.poweredOn)),
        '',
        `initrd ${megabytes(sizes.initrd)}, kernel ${megabytes(sizes.kernel)}, root image ${megabytes(sizes.root)}`,
        `rbdboot: ${machine.name} is up: / is ${image} on ${device}, lock held by ${owner.address}, ${report.seconds.toFixed(1)} s from power-on`,
    ].join('\n');
}
