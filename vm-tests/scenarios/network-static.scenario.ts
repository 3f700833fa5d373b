import { expect } from 'vitest';
import type { MacAddress } from '../../generator/model/mac-address.ts';
import { only } from '../booted-machine.ts';
import { waitOnline } from '../guest-commands.ts';
import { directAddress } from '../network/addresses.ts';
import { boots, bootTwice, scenario } from '../scenario.ts';
import { rootIsMounted } from '../until.ts';

const other = '52:54:00:12:40:99' as MacAddress;

boots(
    {
        id: 'H04',
        title: 'a machine has the static address, and leaves its other NIC alone',
        tier: 'night',
        machines: ['network/static'],
        lane: 'direct',
    },
    async ({ machine, report }) => {
        const address = '10.77.0.31';
        expect(report.addresses).toEqual([address]);
        expect(report.failedUnits).toBe('');
        const shell = await machine.logIn(30);
        const nicOf = (one: string) => `$(grep -l ${one} /sys/class/net/*/address | cut -d / -f 5)`;
        await shell.succeeds(`ip link show ${nicOf(other)} | grep -q 'state DOWN'`);
        await shell.succeeds(`! ip address show ${nicOf(other)} | grep -q inet`);
        await shell.succeeds(`ip route | grep -q 'default via 10.77.0.1 dev'`);
        // systemd-networkd finds what it would have made, and changes nothing.
        const own = nicOf(machine.host.mac);
        await shell.succeeds('systemctl start systemd-networkd', 60);
        await shell.succeeds(waitOnline(own), 90);
        await shell.succeeds(`ip address show ${own} | grep -q ' ${address}/24'`);
        shell.close();
        expect(await machine.image.users()).toEqual(only(address));
    },
    { otherNics: [other] },
);

scenario(
    {
        id: 'H04.letters',
        title: 'a MAC address in upper case and BOOTIF find the NIC',
        tier: 'night',
        machines: ['network/letters'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const spelled = (spelling: string) => ({
            commandLine: (line: string) => `${line} ${spelling}`,
            otherNics: [other],
        });
        await bootTwice({
            scene,
            options: spelled('rbdboot.mac=52:54:00:12:40:AB'),
            // An empty parameter takes back what the host archive says.
            again: spelled('rbdboot.mac= BOOTIF=01-52-54-00-12-40-AB'),
            until: rootIsMounted,
            check: async ({ machine }) => {
                const address = directAddress(scene.lab, machine.host);
                expect(await machine.image.users()).toEqual(only(address));
            },
        });
    },
);
