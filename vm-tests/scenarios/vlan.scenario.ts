import { expect } from 'vitest';
import { nobody, only } from '../booted-machine.ts';
import { waitOnline, write } from '../guest-commands.ts';
import { makeTrunk } from '../network/trunk.ts';
import { bootTwice, scenario } from '../scenario.ts';
import { isUp } from '../until.ts';

scenario(
    {
        id: 'H06.vlan',
        title: 'a machine reaches the cluster in its VLAN, with a tag on each frame',
        tier: 'night',
        machines: ['network/vlan'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const { lab } = scene;
        const trunk = await makeTrunk({ id: 7, bridge: lab.network.bridge }, lab.logs);
        let before = 0;
        try {
            await bootTwice({
                scene,
                options: { wiring: { plug: trunk.plug } },
                until: isUp,
                check: async ({ machine, report }) => {
                    const [address = ''] = report.addresses;
                    expect(report.addresses).toHaveLength(1);
                    expect(await machine.image.users()).toEqual(only(address));
                    const booted = trunk.tagged();
                    expect(booted).toBeGreaterThan(before + 1000);
                    const shell = await machine.logIn(30);
                    await shell.succeeds('systemctl start systemd-networkd', 60);
                    await shell.succeeds(waitOnline('root-vlan'), 90);
                    await shell.succeeds(`ip address show root-vlan | grep -q ' ${address}/'`);
                    await shell.succeeds(write, 60);
                    shell.close();
                    before = trunk.tagged();
                    expect(before).toBeGreaterThan(booted + 25);
                },
            });
        } finally {
            await trunk.end();
        }
    },
);

scenario(
    {
        id: 'F45.vlan',
        title: 'a NIC that cannot do VLANs is named',
        tier: 'night',
        machines: ['network/vlan'],
        lane: 'direct',
        outcome: { code: 'RB217', within: 90 },
    },
    async ({ boot }) => {
        // Its receiver drops frames that a tag has made longer, so its driver refuses VLANs.
        const machine = await boot({ wiring: { card: 'i82557b' } });
        const report = await machine.refused();
        expect(report.what).toMatch(/^the VLAN 7 cannot be made on \w+$/);
        expect(report.cure).toContain('the driver of the NIC');
        expect(await machine.image.users()).toEqual(nobody);
    },
);
