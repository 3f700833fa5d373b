import { expect } from 'vitest';
import { only } from '../booted-machine.ts';
import { waitOnline, write } from '../guest-commands.ts';
import { type ManagerName, nic, withManager } from '../images/managers.ts';
import { directAddress } from '../network/addresses.ts';
import type { GuestShell } from '../qemu/guest-shell.ts';
import { boots, type Up } from '../scenario.ts';

const none = (program: string) => `! ls -l /proc/[0-9]*/exe 2> /dev/null | grep -q '/${program}$'`;

starts(
    'ifupdown',
    'ifupdown, told to do DHCP, leaves the NIC of the root alone until the end',
    async (shell, { machine, scene, time }) => {
        await shell.succeeds('systemctl is-active networking');
        await shell.succeeds(none('dhclient'));
        // As at shutdown: ifdown -a.
        await shell.succeeds('systemctl stop networking', 40);
        await keepsItsRoot(shell, { machine, scene });
        if (time === 'first') {
            return;
        }
        // The premise: without what the boot script left in /run, it cuts the root off.
        await shell.succeeds('rm -r /run/network && mkdir /run/network');
        await shell.succeeds('systemctl start networking', 90);
        const stop = `systemctl stop networking; ${write}`;
        expect(await shell.tries(stop, 60)).toBe('no answer');
    },
    /libceph/,
);

starts(
    'netplan',
    'netplan, told to do DHCP, leaves the root its address',
    async (shell, { machine, scene }) => {
        await shell.succeeds('test -e /run/systemd/network/10-netplan-all.network');
        await shell.succeeds(waitOnline(), 90);
        const file = 'Network File: /run/systemd/network/00-rbdboot.network';
        await shell.succeeds(`networkctl status ${nic} | grep -q -F '${file}'`);
        await keepsItsRoot(shell, { machine, scene });
        await shell.succeeds('systemctl stop systemd-networkd', 40);
        await keepsItsRoot(shell, { machine, scene });
    },
);

starts(
    'network-manager',
    'NetworkManager leaves the NIC of the root alone',
    async (shell, { machine, scene }) => {
        await shell.succeeds('systemctl is-active NetworkManager');
        await shell.succeeds(`nmcli -g GENERAL.STATE device show ${nic} | grep -q unmanaged`, 40);
        await shell.succeeds('systemctl stop NetworkManager', 40);
        await keepsItsRoot(shell, { machine, scene });
    },
);

/** A machine whose system starts with this manager, and nothing in it fails. */
function starts(
    manager: ManagerName,
    title: string,
    check: (shell: GuestShell, up: Up) => Promise<void>,
    allowed?: RegExp,
): void {
    boots(
        {
            id: `H32.${manager}`,
            title,
            tier: 'night',
            machines: [`system/${manager}`],
            lane: 'direct',
        },
        async (up) => {
            expect(up.report.failedUnits).toBe('');
            const shell = await up.machine.logIn(30);
            await shell.succeeds(`test -e /etc/managed-by-${manager}`);
            await keepsItsRoot(shell, up);
            await check(shell, up);
            shell.close();
        },
        { commandLine: withManager(manager), ...(allowed === undefined ? {} : { allowed }) },
    );
}

/**
 * The NIC has the address that was handed over, and the image can be written to. (The lane that these
 * machines take hands another address over than DHCP leases, so networkd adds its own.)
 */
async function keepsItsRoot(
    shell: GuestShell,
    { machine, scene }: Pick<Up, 'machine' | 'scene'>,
): Promise<void> {
    const address = directAddress(scene.lab, machine.host);
    await shell.succeeds(`ip -4 -o address show dev ${nic} | grep -q -F ' ${address}/'`);
    await shell.succeeds(write, 60);
    expect(await machine.image.users()).toEqual(only(address));
}
