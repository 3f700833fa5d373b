// The cluster of the lab, from nothing to an image that can be made in it, as the first process of its
// namespaces. Usage: bench-cluster-inside FILE
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { usualCapacity } from './cluster/plan.ts';
import { makePools } from './cluster/provision.ts';
import { startCluster } from './cluster/start.ts';
import { Complaint, describeError } from './complaint.ts';
import { layOut, state } from './lab.ts';
import { endWithStarter } from './namespace.ts';
import { makeBridges } from './network/bridge.ts';
import { planNetwork } from './network/plan.ts';
import { preparation } from './preparation.ts';
import { siteIn } from './site.ts';

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
    const { config, directory } = preparation();
    const site = await siteIn(config);
    const [host, port] = [site.hosts[0], site.cluster.monitors[0]?.port];
    if (file === undefined || host === undefined || port === undefined) {
        throw new Complaint('which file is to take the results, and of which machine?');
    }
    await layOut();
    const network = planNetwork(site);
    await makeBridges(network);
    const seconds: number[] = [];
    for (let round = 1; round <= rounds; round++) {
        const begun = performance.now();
        const cluster = await startCluster({
            fsid: site.cluster.fsid,
            monitors: [{ address: network.monitor, port }],
            osds: 1,
            store: 'memory',
            capacity: usualCapacity,
            options: {},
            clients: [],
            state: join(state, `ceph-${round}`),
            logs: join(directory, `logs-${round}`),
        });
        await makePools(cluster.access, [host.image]);
        seconds.push((performance.now() - begun) / 1000);
        await cluster.stop();
    }
    await writeFile(file, `${JSON.stringify(seconds)}\n`);
}
