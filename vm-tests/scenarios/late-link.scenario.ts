import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { only } from '../booted-machine.ts';
import { directAddress } from '../network/addresses.ts';
import { plugNic, setCable } from '../qemu/machine.ts';
import { scenario } from '../scenario.ts';
import { rootIsMounted } from '../until.ts';

scenario(
    {
        id: 'F04.nic',
        title: 'a NIC that comes while the machine boots is waited for',
        tier: 'night',
        machines: ['network/late'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const { boot, lab } = scene;
        const machine = await boot({ wiring: { lateNic: true } });
        const { mac } = machine.host;
        const waits = new RegExp(
            String.raw`^rbdboot\[network\]: waiting for a NIC with the MAC address ${mac}$`,
        );
        await machine.console.shows('the wait for the NIC', waits, 90);
        await plugNic(machine, mac);
        await rootIsMounted(machine);
        expect(await machine.image.users()).toEqual(only(directAddress(lab, machine.host)));
    },
);

scenario(
    {
        id: 'F04',
        title: 'a link that comes 20 s late is waited for, and it is said',
        tier: 'night',
        machines: ['network/late'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const { boot, lab } = scene;
        const machine = await boot();
        await setCable(machine, 'nic0', false);
        const asks = /has no link after 10 s: is the cable in\?$/;
        await machine.console.shows('the word of the missing link', asks, 90);
        await delay(10_000);
        await setCable(machine, 'nic0', true);
        await rootIsMounted(machine);
        expect(await machine.image.users()).toEqual(only(directAddress(lab, machine.host)));
    },
);
