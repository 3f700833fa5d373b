import { expect } from 'vitest';
import { only } from '../booted-machine.ts';
import { everyNicByDhcp, waitOnline, write } from '../guest-commands.ts';
import { directAddress } from '../network/addresses.ts';
import { boots, scenario } from '../scenario.ts';

boots(
    {
        id: 'H32.networkd',
        title: 'systemd-networkd takes the NIC over and leaves the root its address',
        tier: 'night',
        machines: ['fleet/desk1'],
        lane: 'direct',
    },
    async ({ machine, scene, time }) => {
        const address = directAddress(scene.lab, machine.host);
        const shell = await machine.logIn(30);
        if (time === 'first') {
            await shell.succeeds(`${everyNicByDhcp} && systemctl enable systemd-networkd`);
            await shell.succeeds('systemctl start systemd-networkd', 60);
        }
        await shell.succeeds(waitOnline(), 90);
        await shell.succeeds(`ip -4 addr show | grep -q -F ' ${address}/'`);
        await shell.succeeds(write);
        shell.close();
        expect(await machine.image.users()).toEqual(only(address));
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
            allowed: /libceph/,
        });
        await machine.up(120);
        const shell = await machine.logIn(20);
        expect(await shell.run(everyNicByDhcp, 20)).toBe(0);
        expect(await shell.run('rm /run/systemd/network/00-rbdboot.network', 20)).toBe(0);
        const takeOver = `systemctl start systemd-networkd && sleep 5; ${write}`;
        expect(await shell.tries(takeOver, 40)).toBe('no answer');
        machine.showedInTime();
        shell.close();
    },
);
