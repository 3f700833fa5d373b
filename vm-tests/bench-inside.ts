// The boots of `make bench`, as the first process of their namespaces. What counts are ratios: all
// contestants boot in turn in one run, on one machine, from one image, with one kernel.
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Contestant } from './bench/contestant.ts';
import { floor } from './bench/floor.ts';
import { handWritten } from './bench/hand-written.ts';
import { initToRoot } from './bench/measure.ts';
import { Complaint, describeError } from './complaint.ts';
import { type Lab, startLab } from './lab.ts';
import { endWithStarter } from './namespace.ts';
import { directAddress } from './network/addresses.ts';
import { hostDirectory, readHostScript } from './network/host-script.ts';
import { networkSize } from './network/plan.ts';
import { preparation } from './preparation.ts';
import { directStart } from './qemu/direct-start.ts';
import { median } from './report/statistics.ts';
import { siteIn } from './site.ts';

/** Boots of each contestant; the median counts. */
const rounds = 3;

endWithStarter();
try {
    await measure(process.argv[2]);
    process.exit(0);
} catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    process.exit(1);
}

async function measure(file: string | undefined): Promise<void> {
    if (file === undefined) {
        throw new Complaint('which file is to take the results?');
    }
    const prepared = preparation();
    const site = await siteIn(prepared.config);
    const { broken, lab } = await startLab(prepared, site, say, { dhcpAsksFirst: true });
    const contestants = [
        await handWritten(lab, site),
        ...(await ourOwn(lab)),
        await floor(lab, site),
    ];
    const seconds = new Map(contestants.map(({ name }) => [name, [] as number[]]));
    for (let round = 1; round <= rounds; round++) {
        for (const contestant of contestants) {
            const taken = await Promise.race([initToRoot(lab, contestant, round), broken]);
            say(`round ${round}: ${contestant.name}, /init to root ${taken.toFixed(2)} s`);
            seconds.get(contestant.name)?.push(taken);
        }
    }
    const results = contestants.map(({ name, size }) => ({
        name,
        bytes: size,
        initToRoot: median(seconds.get(name) ?? []),
        all: seconds.get(name),
    }));
    say('');
    for (const { bytes, initToRoot: taken, name } of results) {
        const megabytes = (bytes / 1e6).toFixed(1).padStart(6);
        say(`${name.padEnd(14)} ${megabytes} MB   /init to root ${taken.toFixed(2).padStart(6)} s`);
    }
    await writeFile(file, `${JSON.stringify(results, null, 4)}\n`);
}

/** What rbdboot emits for the reference example, with an address handed over and without. */
async function ourOwn(lab: Lab): Promise<readonly Contestant[]> {
    const script = await readHostScript(hostDirectory(lab.served, lab.host.mac), {
        address: directAddress(lab, lab.host),
        netmask: networkSize.netmask,
        gateway: lab.network.server,
    });
    const { size } = await stat(lab.image.initrd);
    const own = async (name: Contestant['name'], commandLine: (line: string) => string) => ({
        name,
        size,
        start: await directStart(script, join(lab.state, `bench-${size}.initrd`), { commandLine }),
    });
    return [
        await own('rbdboot', (line) => line),
        await own('rbdboot, DHCP', (line) => line.replace(/ rbdboot\.address=\S+/, '')),
    ];
}

function say(line: string): void {
    process.stdout.write(`${line}\n`);
}
