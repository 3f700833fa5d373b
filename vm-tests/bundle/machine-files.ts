import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab } from '../lab.ts';
import { asShown } from '../qemu/capture.ts';
import type { Machine } from '../qemu/machine.ts';
import type { LimitedSteps } from './limited.ts';
import { listInitrd } from './list-initrd.ts';
import { printUnanswered } from './unanswered.ts';
import { unansweredIn } from './unanswered-in.ts';

/** What the lab's HTTP server has in its log, or less of it from one that a fault put in its place. */
interface Request {
    readonly path: string;
}

/** Bytes that a file of a machine has at the most in a bundle. Only a capture can have more. */
const largest = 16 * 1024 ** 2;

/**
 * Writes what is known of one machine: what it was given, what it showed, what it sent.
 *
 * @returns what it asked on the network in vain, a line each.
 */
export async function writeMachineFiles(
    lab: Lab,
    machine: Machine,
    target: string,
    { take }: LimitedSteps,
): Promise<string> {
    const { journal, macs, name, poweredOn } = machine;
    for (const file of await readdir(machine.directory)) {
        await take(`${name}: ${file}`, async () => {
            const { mode, size } = await stat(join(machine.directory, file));
            if (size > largest) {
                throw new Error(`it has ${size} bytes`);
            }
            const contents = await readFile(join(machine.directory, file));
            await writeFile(join(target, file), asShown(file, contents), { mode });
        });
    }
    const observations = journal.all();
    const lines = observations.map(
        ({ at, source, text }) =>
            `${((at - poweredOn) / 1000).toFixed(3).padStart(8)}  ${source.padEnd(7)}  ${text}\n`,
    );
    const from = (source: string) =>
        lines.filter((_, index) => observations[index]?.source === source).join('');
    await writeFile(join(target, 'console.txt'), from('console'));
    await writeFile(join(target, 'dhcp.txt'), from('dhcp'));
    await writeFile(join(target, 'everything.txt'), lines.join(''));
    const requests = observations
        .filter(({ source }) => source === 'http')
        .map(({ data }) => data as Request);
    await writeFile(
        join(target, 'http.jsonl'),
        requests.map((request) => `${JSON.stringify(request)}\n`).join(''),
    );
    await take(`${name}: initrd`, async () => {
        const files = initrdsOf(lab, machine, requests);
        const lists = await Promise.all(files.map(listInitrd));
        await writeFile(join(target, 'initrd.list'), lists.join('\n'));
    });
    const inVain = await take(`${name}: what nobody answered`, () =>
        unansweredIn(join(target, 'net.pcap'), macs),
    );
    return printUnanswered(inVain ?? []);
}

/** What a machine was given as its initrd: by QEMU, or by the boot server. */
function initrdsOf(
    { served }: Lab,
    { start }: Machine,
    requests: readonly Request[],
): readonly string[] {
    if (start.lane === 'direct') {
        return [start.initrd];
    }
    const paths = requests.map(({ path }) => path).filter((path) => /initrd/.test(path));
    return [...new Set(paths)].map((path) => join(served, path));
}
