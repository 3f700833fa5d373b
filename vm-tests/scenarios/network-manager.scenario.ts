import { expect } from 'vitest';
import { imageUsers } from '../cluster/truth.ts';
import { directAddress } from '../network/addresses.ts';
import { logIn } from '../qemu/guest-shell.ts';
import { guestReport } from '../qemu/report.ts';
import { scenario } from '../scenario.ts';

/** What many an administrator has in a root: every NIC by DHCP. */
const everyNic = String.raw`printf '[Match]\nName=en*\n[Network]\nDHCP=ipv4\n' > /etc/systemd/network/50-all.network`;
const write = 'dd if=/dev/urandom of=/root/proof bs=64k count=16 conv=fsync status=none';

scenario(
    {
        id: 'H32.networkd',
        title: 'systemd-networkd takes the NIC over and leaves the root its address',
        tier: 'night',
        machines: ['fleet/desk1'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const { boot, lab } = scene;
        const host = await scene.host('fleet/desk1');
        const address = directAddress(lab, host);
        const machine = await boot({ machine: 'fleet/desk1', lane: 'direct' });
        await guestReport(machine, 120);
        const shell = await logIn(machine, 20);
        expect(await shell.run(everyNic, 20)).toBe(0);
        expect(await shell.run('systemctl start systemd-networkd', 60)).toBe(0);
        expect(await shell.run('/lib/systemd/systemd-networkd-wait-online --timeout=60', 90)).toBe(
            0,
        );
        expect(await shell.run(`ip -4 addr show | grep -q -F ' ${address}/'`, 20)).toBe(0);
        expect(await shell.run(`${write} && sync`, 30)).toBe(0);
        expect(await imageUsers(lab.cluster, host.image)).toEqual({
            watchers: [address],
            owner: address,
        });
        shell.close();
    },
);

// The premise: without the file of the boot script the same system cuts itself off.
scenario(
    {
        id: 'F43',
        title: 'without what the boot script left in /run, systemd-networkd cuts the root off',
        tier: 'night',
        machines: ['fleet/desk1'],
        lane: 'direct',
        outcome: { shows: 'nothing any more', within: 160 },
    },
    async (scene) => {
        const machine = await scene.boot({
            machine: 'fleet/desk1',
            lane: 'direct',
            allowed: /libceph/,
        });
        await guestReport(machine, 120);
        const shell = await logIn(machine, 20);
        expect(await shell.run(everyNic, 20)).toBe(0);
        expect(await shell.run('rm /run/systemd/network/00-rbdboot.network', 20)).toBe(0);
        const takeOver = `systemctl start systemd-networkd && sleep 5; ${write}`;
        const answer = await shell.run(takeOver, 40).catch(() => 'no answer');
        expect(answer).toBe('no answer');
        shell.close();
    },
);
