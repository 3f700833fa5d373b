import type { ClusterDaemon } from '../cluster/daemon.ts';
import type { LastingFault } from './fault.ts';

/**
 * A daemon of a cluster that the scenario has started hangs: its address answers and its connections
 * stay, and nothing more comes of them. Afterwards it goes on where it was.
 */
export function pauseDaemon(daemon: ClusterDaemon): LastingFault {
    return {
        kind: 'lasting',
        name: `${daemon.name} hangs`,
        inMachine: false,
        begin: async () => {
            daemon.pause();
            return async () => daemon.resume();
        },
    };
}

/**
 * A daemon of a cluster that the scenario has started is ended at once, so that its host refuses
 * connections; afterwards it is started again with the data that it had.
 */
export function killDaemon(daemon: ClusterDaemon): LastingFault {
    return {
        kind: 'lasting',
        name: `${daemon.name} is down`,
        inMachine: false,
        begin: async () => {
            await daemon.kill();
            return async () => daemon.start();
        },
    };
}
