import { expect } from 'vitest';
import { only } from '../booted-machine.ts';
import { at, cutCable } from '../faults/vocabulary.ts';
import { directAddress } from '../network/addresses.ts';
import { plugNic } from '../qemu/machine.ts';
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
        title: 'a link that comes 30 s late is waited for, and it is said',
        tier: 'night',
        machines: ['network/late'],
        lane: 'direct',
        outcome: 'up',
    },
    async ({ boot, lab }) => {
        // From the moment at which the NIC has its driver.
        const late = at('rbdboot: load-modules', cutCable()).lasting(30);
        const machine = await boot({ faults: [late] });
        const asks = /has no link after 10 s: is the cable in\?$/;
        await machine.console.shows('the word of the missing link', asks, 90);
        await rootIsMounted(machine);
        expect(await machine.image.users()).toEqual(only(directAddress(lab, machine.host)));
    },
);
