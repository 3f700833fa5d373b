import { expect } from 'vitest';
import { importImage } from '../cluster/provision.ts';
import { scenario } from '../scenario.ts';

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
        const { access } = await scene.ownCluster({ store: 'memory' });
        const { image } = await scene.host();
        await importImage(access, image, lab.image.root);
        const machine = await boot();
        const report = await machine.up(180);
        expect(report.addresses).toEqual([]);
        expect(report.failedUnits).toBe('');
        const own = '[fd77::36]';
        expect(await machine.image.users()).toEqual({
            watchers: [own],
            owner: own,
        });
        const shell = await machine.logIn(20);
        // Routers announce a prefix in the lab, and the machine makes no address of it.
        expect(await shell.run('test "$(ip -6 -o addr show scope global | wc -l)" = 1', 20)).toBe(
            0,
        );
        expect(await shell.run('systemctl start systemd-networkd', 60)).toBe(0);
        const online = '/lib/systemd/systemd-networkd-wait-online --timeout=60';
        expect(await shell.run(online, 90)).toBe(0);
        expect(await shell.run('test "$(ip -6 -o addr show scope global | wc -l)" = 1', 20)).toBe(
            0,
        );
        expect(await shell.run('ip -6 -o addr show | grep -q fd77::36/64', 20)).toBe(0);
        const write = 'dd if=/dev/urandom of=/root/proof bs=64k count=16 conv=fsync status=none';
        expect(await shell.run(`${write} && sync`, 30)).toBe(0);
        shell.close();
        expect(await machine.image.users()).toEqual({
            watchers: [own],
            owner: own,
        });

        await machine.cutPower();
        const second = await boot();
        await second.rootMounted(180);
        expect(await second.image.users()).toEqual({ watchers: [own], owner: own });
    },
);
