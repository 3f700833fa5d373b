import { isIPv4 } from 'node:net';
import type { Observation } from '../journal.ts';
import { type MappedImage, type RootMount, rootMountIn } from './events.ts';
import type { Machine } from './machine.ts';
import { expectMonitorAgrees } from './monitor-agrees.ts';

/** What a machine that came up says of itself. */
export interface GuestReport {
    readonly root: RootMount | undefined;
    readonly images: readonly MappedImage[];
    /** IPv4 addresses, without the loopback's. */
    readonly addresses: readonly string[];
    /** The same with those of IPv6. */
    readonly allAddresses: readonly string[];
    readonly commandLine: string;
    /** systemd units that failed, one a line. */
    readonly failedUnits: string;
    /** Seconds from power-on to the multi-user target. */
    readonly seconds: number;
}

/**
 * Waits until the machine is up and has said all that it says of itself.
 *
 * @throws BootFailure if QEMU tells something else: that it ended, panicked, or does not run.
 */
export async function guestReport(machine: Machine, seconds: number): Promise<GuestReport> {
    const { journal, poweredOn } = machine;
    const up = await journal.waitFor('the multi-user target', isEvent('multi-user'), seconds);
    await journal.waitFor('the end of the report', isEvent('end'), 60);
    expectMonitorAgrees(journal.all(), await machine.qmp.execute('query-status'));
    const dataOf = (event: string) =>
        journal
            .all()
            .filter(isEvent(event))
            .map(({ data }) => data);
    return {
        root: rootMountIn(dataOf('root')[0]),
        images: dataOf('image') as MappedImage[],
        addresses: addressesIn(dataOf('addresses')[0]).filter((address) => isIPv4(address)),
        allAddresses: addressesIn(dataOf('addresses')[0]),
        commandLine: String(dataOf('command-line')[0]),
        failedUnits: String(dataOf('failed-units')[0]),
        seconds: (up.at - poweredOn) / 1000,
    };
}

function isEvent(event: string): (observation: Observation) => boolean {
    return ({ source, text }) => source === 'guest' && text === event;
}

function addressesIn(data: unknown): readonly string[] {
    return ((data ?? []) as { addr_info?: { local: string }[] }[]).flatMap((link) =>
        (link.addr_info ?? []).map(({ local }) => local),
    );
}
