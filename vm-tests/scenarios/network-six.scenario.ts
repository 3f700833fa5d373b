import { join } from 'node:path';
import { execa } from 'execa';
import { expect } from 'vitest';
import { importImage, makePools } from '../cluster/provision.ts';
import { startCluster } from '../cluster/start.ts';
import { imageUsers } from '../cluster/truth.ts';
import { logIn } from '../qemu/guest-shell.ts';
import { guestReport } from '../qemu/report.ts';
import { scenario } from '../scenario.ts';
import { hostIn } from '../site.ts';

scenario(
    {
        id: 'H07',
        title: 'a machine without any IPv4 address boots from a cluster with IPv6 alone',
        tier: 'night',
        machines: ['network6/six'],
        lane: 'direct',
        cluster: 'own',
        outcome: 'up',
    },
    async (scene) => {
        const { boot, lab } = scene;
        const { credentials, site } = await scene.site('network6');
        const { image } = hostIn(site, 'six');
        const { bridge } = lab.network;
        await execa('ip', ['address', 'add', 'fd77::10/64', 'dev', bridge, 'nodad']);
        const cluster = await startCluster({
            fsid: site.cluster.fsid,
            monitor: 'fd77::10',
            port: 6789,
            clients: credentials,
            state: join(lab.state, 'ceph6'),
            logs: join(lab.logs, 'ceph6'),
        });
        try {
            await makePools(cluster.access, [image]);
            await importImage(cluster.access, image, lab.image.root);
            const machine = await boot({ machine: 'network6/six', lane: 'direct' });
            const report = await guestReport(machine, 180);
            expect(report.addresses).toEqual([]);
            expect(report.failedUnits).toBe('');
            const own = '[fd77::36]';
            expect(await imageUsers(cluster.access, image)).toEqual({
                watchers: [own],
                owner: own,
            });
            const shell = await logIn(machine, 20);
            // Routers announce a prefix in the lab, and the machine makes no address of it.
            expect(
                await shell.run('test "$(ip -6 -o addr show scope global | wc -l)" = 1', 20),
            ).toBe(0);
            expect(await shell.run('systemctl start systemd-networkd', 60)).toBe(0);
            const online = '/lib/systemd/systemd-networkd-wait-online --timeout=60';
            expect(await shell.run(online, 90)).toBe(0);
            expect(
                await shell.run('test "$(ip -6 -o addr show scope global | wc -l)" = 1', 20),
            ).toBe(0);
            expect(await shell.run('ip -6 -o addr show | grep -q fd77::36/64', 20)).toBe(0);
            const write =
                'dd if=/dev/urandom of=/root/proof bs=64k count=16 conv=fsync status=none';
            expect(await shell.run(`${write} && sync`, 30)).toBe(0);
            shell.close();
            expect(await imageUsers(cluster.access, image)).toEqual({
                watchers: [own],
                owner: own,
            });
        } finally {
            await Promise.all(cluster.daemons.map((daemon) => daemon.kill()));
        }
    },
);
