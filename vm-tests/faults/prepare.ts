import { join } from 'node:path';
import type { MacAddress } from '../../generator/model/mac-address.ts';
import { now } from '../journal.ts';
import type { Lab } from '../lab.ts';
import { makeWire } from '../network/wire.ts';
import type { Machine } from '../qemu/machine.ts';
import { layDetour } from './detour.ts';
import type { ScheduledFault } from './schedule.ts';
import { type FaultWatch, watchFaults } from './watch.ts';

/** Where the faults of a boot are to come. */
export interface FaultPlace {
    readonly lab: Lab;
    /** Of the machine's first NIC. */
    readonly mac: MacAddress;
    /** Where the boot files of its configuration are. */
    readonly served: string;
    /** For the names of files. */
    readonly name: string;
}

/** All that the faults of a boot need, before the machine has power. */
export interface PreparedFaults {
    /** What the first NIC is to be plugged into. Absent: as it would be without faults. */
    readonly plug?: string;
    /** To be called as soon as the machine has power. Its `end` takes everything away again. */
    readonly watch: (machine: Machine) => FaultWatch;
    /** Takes everything away where the machine got no power. */
    readonly abandon: () => Promise<void>;
}

/** Puts between a machine and the lab what its faults need there. */
export async function prepareFaults(
    { lab, mac, name, served }: FaultPlace,
    faults: readonly ScheduledFault[],
): Promise<PreparedFaults> {
    const needed = (what: 'wire' | 'server') => faults.some(({ fault }) => fault.needs === what);
    const wire = needed('wire')
        ? await makeWire(lab.network.bridge, join(lab.logs, `wire-${name}.log`))
        : undefined;
    const detour = needed('server') ? await layDetour(lab, served, mac) : undefined;
    const around = {
        mac,
        ...(wire === undefined ? {} : { wire }),
        ...(detour === undefined ? {} : { server: detour.server }),
    };
    const abandon = async () => {
        await detour?.end();
        await wire?.end();
    };
    return {
        ...(wire === undefined ? {} : { plug: wire.plug }),
        abandon,
        watch(machine) {
            detour?.server.follow((asked) => {
                const { bytes, path, status } = asked;
                const text = `${status} ${path} ${bytes} bytes`;
                machine.journal.add({ at: now(), source: 'http', text, data: asked });
            });
            const watch = watchFaults(machine, around, faults);
            return {
                ...watch,
                async end() {
                    await watch.end().finally(abandon);
                },
            };
        },
    };
}
