import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSite } from '../../generator/config/load.ts';
import { printStandIn } from './stand-in-configuration.ts';

const configuration = `import { defineBoot, standardPlan } from 'rbdboot';

export default defineBoot({
    cluster: {
        fsid: '0e1f2a3b-4c5d-4e6f-8a9b-0c1d2e3f4a5b',
        monitors: ['10.88.0.5', '[fd00::1]'],
        client: 'room',
        keyring: './room.keyring',
    },
    hosts: {
        first: {
            mac: '52:54:00:88:00:01',
            image: 'machines/first',
            filesystem: 'ext4',
            keyring: './first.keyring',
            bootDirectory: { cephfs: 'fs', path: '/first', client: 'boot', keyring: './boot.keyring' },
            plan: (plan, host) => standardPlan(plan, host),
        },
        second: { mac: '52:54:00:88:00:02', image: 'machines/second', filesystem: 'xfs' },
    },
});
`;

test('the hosts that are left have the keyrings of the lab, and are otherwise as they were', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'rbdboot-'));
    try {
        const config = join(directory, 'boot.config.ts');
        await writeFile(config, configuration);
        const standIn = join(directory, 'stand-in.config.ts');
        const changes = {
            monitors: ['10.88.0.5:6789'],
            hosts: { first: { nicModules: ['virtio_net'] } },
        };
        await writeFile(standIn, printStandIn(config, changes, 'a mark'));
        const site = await loadSite(standIn);
        expect(site).toMatchObject({
            ok: true,
            value: {
                cluster: { monitors: [{ address: '10.88.0.5', port: 6789 }] },
                hosts: [
                    {
                        name: 'first',
                        keyring: '/etc/ceph/ceph.client.room.keyring',
                        nicModules: ['virtio_net'],
                        plan: expect.any(Function),
                    },
                ],
            },
        });
        expect(site.ok ? site.value.hosts : []).toHaveLength(1);
        expect(site.ok && site.value.hosts[0]?.bootDirectory).toBeUndefined();
    } finally {
        await rm(directory, { recursive: true });
    }
}, 60_000);
