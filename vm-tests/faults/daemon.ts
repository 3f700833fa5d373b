import type { ClusterDaemon } from '../cluster/daemon.ts';
import type { LabDaemons } from '../lab.ts';
import { holdDown, pidOf } from '../supervise.ts';
import type { LastingFault } from './fault.ts';

/**
 * A daemon hangs: its address answers and its connections stay, and nothing more comes of them.
 * Afterwards it goes on where it was.
 *
 * @param daemon of the lab, by what it is for, or one of a cluster that the scenario has started.
 */
export function pauseDaemon(daemon: keyof LabDaemons | ClusterDaemon): LastingFault {
    return {
        kind: 'lasting',
        name: `${nameOf(daemon)} hangs`,
        inMachine: false,
        begin: async ({ lab }) => {
            if (typeof daemon !== 'string') {
                daemon.pause();
                return async () => daemon.resume();
            }
            const own = lab.daemons[daemon];
            const pid = typeof own === 'number' ? own : await pidOf(own);
            process.kill(pid, 'SIGSTOP');
            return async () => {
                process.kill(pid, 'SIGCONT');
            };
        },
    };
}

/**
 * A daemon is ended at once, so that its host refuses connections; afterwards it is started again
 * with the data that it had. The lab's own monitor and OSD, which all scenarios share, stay.
 *
 * @param daemon of the lab, by what it is for, or one of a cluster that the scenario has started.
 */
export function killDaemon(daemon: 'dhcp' | 'http' | ClusterDaemon): LastingFault {
    return {
        kind: 'lasting',
        name: `${nameOf(daemon)} is down`,
        inMachine: false,
        begin: async ({ lab }) => {
            if (typeof daemon === 'string') {
                return holdDown(lab.daemons[daemon]);
            }
            await daemon.kill();
            return async () => daemon.start();
        },
    };
}

function nameOf(daemon: keyof LabDaemons | ClusterDaemon): string {
    return typeof daemon === 'string' ? `the ${names[daemon]}` : daemon.name;
}

const names: Readonly<Record<keyof LabDaemons, string>> = {
    monitor: 'monitor',
    osd: 'OSD',
    dhcp: 'DHCP server',
    http: 'HTTP server',
};
