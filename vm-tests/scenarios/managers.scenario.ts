import { expect } from 'vitest';
import { imageUsers } from '../cluster/truth.ts';
import { type ManagerName, nic, withManager } from '../images/managers.ts';
import { directAddress } from '../network/addresses.ts';
import { type GuestShell, logIn } from '../qemu/guest-shell.ts';
import { guestReport } from '../qemu/report.ts';
import { type Scene, scenario } from '../scenario.ts';

const write = 'dd if=/dev/urandom of=/root/proof bs=64k count=16 conv=fsync status=none';
const none = (program: string) => `! ls -l /proc/[0-9]*/exe 2> /dev/null | grep -q '/${program}$'`;

scenario(
    {
        id: 'H32.ifupdown',
        title: 'ifupdown, told to do DHCP, leaves the NIC of the root alone until the end',
        tier: 'night',
        machines: ['system/ifupdown'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const shell = await startedWith(scene, 'ifupdown', { allowed: /libceph/ });
        expect(await shell.run('systemctl is-active networking', 20)).toBe(0);
        expect(await shell.run(none('dhclient'), 20)).toBe(0);
        // As at shutdown: ifdown -a.
        expect(await shell.run('systemctl stop networking', 40)).toBe(0);
        await keepsItsRoot(scene, shell, 'ifupdown');
        // The premise: without what the boot script left in /run, it cuts the root off.
        expect(await shell.run('rm -r /run/network && mkdir /run/network', 20)).toBe(0);
        expect(await shell.run('systemctl start networking', 90)).toBe(0);
        const cut = await shell
            .run(`systemctl stop networking; ${write}`, 60)
            .catch(() => 'no answer');
        expect(cut).toBe('no answer');
        shell.close();
    },
);

scenario(
    {
        id: 'H32.netplan',
        title: 'netplan, told to do DHCP, leaves the root its address',
        tier: 'night',
        machines: ['system/netplan'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const shell = await startedWith(scene, 'netplan');
        expect(await shell.run('test -e /run/systemd/network/10-netplan-all.network', 20)).toBe(0);
        const online = '/lib/systemd/systemd-networkd-wait-online --timeout=60';
        expect(await shell.run(online, 90)).toBe(0);
        const used = `networkctl status ${nic} | grep -q -F 'Network File: /run/systemd/network/00-rbdboot.network'`;
        expect(await shell.run(used, 20)).toBe(0);
        await keepsItsRoot(scene, shell, 'netplan');
        expect(await shell.run('systemctl stop systemd-networkd', 40)).toBe(0);
        await keepsItsRoot(scene, shell, 'netplan');
        shell.close();
    },
);

scenario(
    {
        id: 'H32.network-manager',
        title: 'NetworkManager leaves the NIC of the root alone',
        tier: 'night',
        machines: ['system/network-manager'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const shell = await startedWith(scene, 'network-manager');
        expect(await shell.run('systemctl is-active NetworkManager', 20)).toBe(0);
        const unmanaged = `nmcli -g GENERAL.STATE device show ${nic} | grep -q unmanaged`;
        expect(await shell.run(unmanaged, 40)).toBe(0);
        expect(await shell.run('systemctl stop NetworkManager', 40)).toBe(0);
        await keepsItsRoot(scene, shell, 'network-manager');
        shell.close();
    },
);

/** A machine whose system has started with this manager, and nothing in it failed. */
async function startedWith(
    scene: Scene,
    manager: ManagerName,
    more: { readonly allowed?: RegExp } = {},
): Promise<GuestShell> {
    const machine = await scene.boot({
        machine: `system/${manager}`,
        lane: 'direct',
        commandLine: withManager(manager),
        ...more,
    });
    expect((await guestReport(machine, 240)).failedUnits).toBe('');
    const shell = await logIn(machine, 30);
    expect(await shell.run(`test -e /etc/managed-by-${manager}`, 20)).toBe(0);
    await keepsItsRoot(scene, shell, manager);
    return shell;
}

/**
 * The NIC has the address that was handed over, and the image can be written to. (The lane that these
 * machines take hands another address over than DHCP leases, so networkd adds its own.)
 */
async function keepsItsRoot({ lab, site }: Scene, shell: GuestShell, name: string): Promise<void> {
    const { site: configuration } = await site('system');
    const host = configuration.hosts.find((one) => one.name === name);
    if (host === undefined) {
        throw new Error(`there is no host ${name}`);
    }
    const address = directAddress(lab, host);
    const addresses = `ip -4 -o address show dev ${nic}`;
    expect(await shell.run(`${addresses} | grep -q -F ' ${address}/'`, 20)).toBe(0);
    expect(await shell.run(`${write} && sync`, 60)).toBe(0);
    expect(await imageUsers(lab.cluster, host.image)).toEqual({
        watchers: [address],
        owner: address,
    });
}
