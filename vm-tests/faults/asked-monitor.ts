import { execa } from 'execa';
import { askUntil } from '../ask-until.ts';
import type { ClusterDaemon } from '../cluster/daemon.ts';
import type { LastingFault } from './fault.ts';

/** A monitor of a cluster that the scenario has started, and where it answers. */
export interface MonitorPlace {
    readonly daemon: ClusterDaemon;
    readonly address: string;
}

/**
 * Of several monitors that one hangs which a machine asks: its address answers, and nothing comes of it.
 * The kernel leaves to chance which one that is, so all of them hang until the machine has a connection.
 *
 * @param machine the address of the machine, which has no connection with any of them yet.
 * @param patience seconds in which it has to ask.
 */
export function pauseAskedMonitor(
    monitors: readonly MonitorPlace[],
    machine: string,
    patience = 60,
): LastingFault {
    return {
        kind: 'lasting',
        name: 'the monitor that it asks hangs',
        inMachine: false,
        begin: async () => {
            const hanging = new Set(monitors);
            const resume = (those: readonly MonitorPlace[]) => {
                for (const one of those.filter((monitor) => hanging.delete(monitor))) {
                    one.daemon.resume();
                }
            };
            for (const { daemon } of monitors) {
                daemon.pause();
            }
            try {
                const asked = await askedBy(machine, monitors, patience);
                resume(monitors.filter((one) => one !== asked));
            } catch (error) {
                resume(monitors);
                throw error;
            }
            return async () => resume(monitors);
        },
    };
}

/** The monitor that a machine has a connection with, once it has one. */
async function askedBy(
    machine: string,
    monitors: readonly MonitorPlace[],
    patience: number,
): Promise<MonitorPlace> {
    const connections = ['--no-header', '--tcp', '--numeric', 'state', 'established'];
    const asked = await askUntil(
        { seconds: patience, pause: 50 },
        async () => {
            const { stdout } = await execa('ss', [...connections, 'dst', machine]);
            return monitors.find(({ address }) => stdout.includes(` ${address}:`));
        },
        (one) => one !== undefined,
        () => `${machine} asked no monitor`,
    );
    return asked as MonitorPlace;
}
