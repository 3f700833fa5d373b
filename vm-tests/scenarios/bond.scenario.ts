import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { MacAddress } from '../../generator/model/mac-address.ts';
import { only } from '../booted-machine.ts';
import { at, cutCable } from '../faults/vocabulary.ts';
import { waitOnline, write } from '../guest-commands.ts';
import { boots, comesUp, scenario } from '../scenario.ts';
import { rootIsMounted } from '../until.ts';

const second = '52:54:00:12:40:14' as MacAddress;
const address = '10.77.0.34';
const status = '/proc/net/bonding/root-bond';

boots(
    {
        id: 'H06.bond',
        title: 'a bond goes on when one of its NICs loses its link, and then the other',
        tier: 'night',
        machines: ['network/bond'],
        lane: 'direct',
    },
    async ({ machine }) => {
        const shell = await machine.logIn(30);
        const links = (count: number) =>
            shell.succeeds(`test "$(grep -c '^MII Status: up' ${status})" = ${count}`);
        await shell.succeeds('systemctl start systemd-networkd', 60);
        await shell.succeeds(waitOnline('root-bond'), 90);
        await shell.succeeds(`grep -q 'active-backup' ${status}`);
        await links(3);
        for (const lost of ['nic0', 'nic1']) {
            await machine.during(cutCable(lost), async () => {
                await shell.succeeds(write, 60);
                await links(2);
            });
            await delay(1000);
        }
        shell.close();
        expect(await machine.image.users()).toEqual(only(address));
    },
    { otherNics: [second] },
);

// With two links a switch that does not speak LACP sends to either NIC, as it heard from it last.
comesUp(
    {
        id: 'H06.lacp',
        title: 'a bond with LACP boots with one link, where no switch answers it',
        tier: 'night',
        machines: ['network/bond'],
        lane: 'direct',
    },
    rootIsMounted,
    async ({ machine }) => expect(await machine.image.users()).toEqual(only(address)),
    {
        otherNics: [second],
        // The kernel takes no card into such a bond that does not say how fast it is.
        wiring: { properties: 'speed=1000,duplex=full' },
        commandLine: (line) => `${line} rbdboot.bond=802.3ad,52:54:00:12:40:04,${second}`,
        faults: [at('firmware', cutCable('nic1'))],
    },
);

scenario(
    {
        id: 'F45.bond',
        title: 'a bond comes up with the one NIC that has a link',
        tier: 'night',
        machines: ['network/bond'],
        lane: 'direct',
        outcome: 'up',
    },
    async ({ boot }) => {
        const machine = await boot({
            otherNics: [second],
            faults: [at('firmware', cutCable())],
        });
        await rootIsMounted(machine);
        expect(await machine.image.users()).toEqual(only(address));
    },
);
