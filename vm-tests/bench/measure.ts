import { join } from 'node:path';
import { restoreImage } from '../cluster/provision.ts';
import { evictAll } from '../cluster/truth.ts';
import type { Lab } from '../lab.ts';
import { powerOn } from '../qemu/power-on.ts';
import type { Contestant } from './contestant.ts';

const begin = /\[\s*(?<at>\d+\.\d+)\] Run \/init as init process/;
const mounted = /\[\s*(?<at>\d+\.\d+)\] EXT4-fs \(rbd0\): mounted filesystem/;

/** As long as the slowest takes on a machine that is busy with other things. */
const patience = 240;

/**
 * Boots a contestant once.
 *
 * @returns seconds from the start of `/init` until root is mounted, by the kernel's own clock.
 */
export async function initToRoot(
    lab: Lab,
    { name, start }: Contestant,
    round: number,
): Promise<number> {
    const { host } = lab;
    await evictAll(lab.cluster, host.image);
    await restoreImage(lab.cluster, host.image);
    const machine = await powerOn({
        name: host.name,
        mac: host.mac,
        network: lab.network,
        accelerator: lab.accelerator,
        start,
        directory: join(lab.directory, `${name.replace(/\W+/g, '-')}-${round}`),
        sockets: lab.state,
        serverLogs: lab.serverLogs,
    });
    try {
        const times: number[] = [];
        for (const [what, pattern] of [['/init', begin] as const, ['root', mounted] as const]) {
            const { text } = await machine.journal.waitFor(
                `${what} of ${name}`,
                (seen) => seen.source === 'console' && pattern.test(seen.text),
                patience,
            );
            times.push(Number(pattern.exec(text)?.groups?.at));
        }
        const [from = Number.NaN, to = Number.NaN] = times;
        return to - from;
    } finally {
        await machine.cutPower();
    }
}
