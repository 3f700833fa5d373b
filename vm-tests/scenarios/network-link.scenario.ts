import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { MacAddress } from '../../generator/model/mac-address.ts';
import { imageUsers } from '../cluster/truth.ts';
import { directAddress } from '../network/addresses.ts';
import { makeTrunk } from '../network/trunk.ts';
import { frameLengths, startCapture } from '../qemu/capture.ts';
import { failureReport } from '../qemu/failure-report.ts';
import { logIn } from '../qemu/guest-shell.ts';
import { plugNic, setCable } from '../qemu/machine.ts';
import { guestReport } from '../qemu/report.ts';
import { rootMounted } from '../qemu/root-mounted.ts';
import { scenario } from '../scenario.ts';
import { hostIn } from '../site.ts';

const patience = 90;
const secondOfBond = '52:54:00:12:40:14' as MacAddress;

/**
 * Cards that do not join packets: each frame is then one of the wire. Only with buffers that are
 * merged is there room for a large one.
 */
const asOnTheWire = ['gso', 'host_tso4', 'host_tso6', 'guest_tso4', 'guest_tso6']
    .map((name) => `${name}=off`)
    .concat('mrg_rxbuf=on')
    .join(',');

const bothWays = 'dd if=/dev/urandom of=/root/proof bs=64k count=64 conv=fsync status=none && sync';

scenario(
    {
        id: 'H08',
        title: 'a machine with an MTU of 9000 writes to its image in jumbo frames',
        tier: 'night',
        machines: ['network/jumbo'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const { boot, lab } = scene;
        const { site } = await scene.site('network');
        const host = hostIn(site, 'jumbo');
        const machine = await boot({
            machine: 'network/jumbo',
            lane: 'direct',
            wiring: { portMtu: 9000, properties: asOnTheWire },
        });
        const frames = await startCapture(machine);
        await guestReport(machine, 180);
        const shell = await logIn(machine, 20);
        expect(await shell.run(bothWays, 60)).toBe(0);
        shell.close();
        const lengths = await frameLengths(frames);
        // 9,000 and the header of Ethernet; QEMU may keep 12 bytes of its own before a frame. The root
        // was read in such frames too.
        expect(Math.max(...lengths)).toBeGreaterThanOrEqual(9014);
        expect(Math.max(...lengths)).toBeLessThanOrEqual(9026);
        expect(lengths.filter((length) => length > 8000).length).toBeGreaterThan(1000);
        const address = directAddress(lab, host);
        expect(await imageUsers(lab.cluster, host.image)).toEqual({
            watchers: [address],
            owner: address,
        });
    },
);

scenario(
    {
        id: 'F09',
        title: 'a NIC that takes no jumbo frames is named',
        tier: 'night',
        machines: ['network/jumbo'],
        lane: 'direct',
        outcome: { code: 'RB218', within: 90 },
    },
    async (scene) => {
        const { boot, lab } = scene;
        const { site } = await scene.site('network');
        const machine = await boot({
            machine: 'network/jumbo',
            lane: 'direct',
            wiring: { properties: 'host_mtu=1500' },
            allowed: /RB218/,
        });
        const report = await failureReport(machine, 'RB218', patience);
        expect(report.what).toMatch(/^\w+ does not take an MTU of 9000$/);
        expect(report.cure).toContain('lower "mtu" of this host');
        expect(await imageUsers(lab.cluster, hostIn(site, 'jumbo').image)).toEqual({
            watchers: [],
            owner: undefined,
        });
    },
);

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
        const { boot, lab } = scene;
        const { site } = await scene.site('network');
        const { image } = hostIn(site, 'vlan');
        const trunk = await makeTrunk(lab.network, 7, lab.logs);
        try {
            const machine = await boot({
                machine: 'network/vlan',
                lane: 'direct',
                wiring: { plug: trunk.plug },
            });
            const { addresses } = await guestReport(machine, 240);
            const [address = ''] = addresses;
            expect(addresses).toHaveLength(1);
            expect(await imageUsers(lab.cluster, image)).toEqual({
                watchers: [address],
                owner: address,
            });
            const before = trunk.seen();
            expect(before.tagged).toBeGreaterThan(1000);
            const shell = await logIn(machine, 20);
            expect(await shell.run('systemctl start systemd-networkd', 60)).toBe(0);
            const online = '/lib/systemd/systemd-networkd-wait-online --timeout=60 -i root-vlan';
            expect(await shell.run(online, 90)).toBe(0);
            expect(await shell.run(`ip address show root-vlan | grep -q ' ${address}/'`, 20)).toBe(
                0,
            );
            expect(await shell.run(bothWays, 60)).toBe(0);
            shell.close();
            expect(trunk.seen().tagged).toBeGreaterThan(before.tagged + 100);
        } finally {
            await trunk.end();
        }
    },
);

scenario(
    {
        id: 'H06.bond',
        title: 'a bond goes on when one of its NICs loses its link, and then the other',
        tier: 'night',
        machines: ['network/bond'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const { boot, lab } = scene;
        const { site } = await scene.site('network');
        const { image } = hostIn(site, 'bond');
        const address = '10.77.0.34';
        const machine = await boot({
            machine: 'network/bond',
            lane: 'direct',
            otherNics: [secondOfBond],
        });
        await guestReport(machine, 180);
        const shell = await logIn(machine, 20);
        expect(await shell.run('systemctl start systemd-networkd', 60)).toBe(0);
        const online = '/lib/systemd/systemd-networkd-wait-online --timeout=60 -i root-bond';
        expect(await shell.run(online, 90)).toBe(0);
        const status = '/proc/net/bonding/root-bond';
        expect(await shell.run(`grep -q 'active-backup' ${status}`, 20)).toBe(0);
        expect(await shell.run(`test "$(grep -c '^MII Status: up' ${status})" = 3`, 20)).toBe(0);
        for (const [lost, left] of [
            ['nic0', 'nic1'],
            ['nic1', 'nic0'],
        ] as const) {
            await setCable(machine, left, true);
            await delay(1000);
            await setCable(machine, lost, false);
            expect(await shell.run(bothWays, 60)).toBe(0);
            expect(await shell.run(`test "$(grep -c '^MII Status: up' ${status})" = 2`, 20)).toBe(
                0,
            );
        }
        shell.close();
        expect(await imageUsers(lab.cluster, image)).toEqual({
            watchers: [address],
            owner: address,
        });
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
    async (scene) => {
        const { boot, lab } = scene;
        const { site } = await scene.site('network');
        const machine = await boot({
            machine: 'network/vlan',
            lane: 'direct',
            // Its receiver drops frames that a tag has made longer, so its driver refuses VLANs.
            wiring: { card: 'i82557b' },
            allowed: /RB217/,
        });
        const report = await failureReport(machine, 'RB217', patience);
        expect(report.what).toMatch(/^the VLAN 7 cannot be made on \w+$/);
        expect(report.cure).toContain('the driver of the NIC');
        expect(await imageUsers(lab.cluster, hostIn(site, 'vlan').image)).toEqual({
            watchers: [],
            owner: undefined,
        });
    },
);

// With two links a switch that does not speak LACP sends to either NIC, as it heard from it last.
scenario(
    {
        id: 'H06.lacp',
        title: 'a bond with LACP boots with one link, where no switch answers it',
        tier: 'night',
        machines: ['network/bond'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const { boot, lab } = scene;
        const { site } = await scene.site('network');
        const { image, mac } = hostIn(site, 'bond');
        const machine = await boot({
            machine: 'network/bond',
            lane: 'direct',
            otherNics: [secondOfBond],
            // The kernel takes no card into such a bond that does not say how fast it is.
            wiring: { properties: 'speed=1000,duplex=full' },
            commandLine: (line) => `${line} rbdboot.bond=802.3ad,${mac},${secondOfBond}`,
        });
        await setCable(machine, 'nic1', false);
        await rootMounted(machine, patience);
        expect(await imageUsers(lab.cluster, image)).toMatchObject({ owner: '10.77.0.34' });
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
    async (scene) => {
        const { boot, lab } = scene;
        const { site } = await scene.site('network');
        const { image } = hostIn(site, 'bond');
        const machine = await boot({
            machine: 'network/bond',
            lane: 'direct',
            otherNics: [secondOfBond],
        });
        await setCable(machine, 'nic0', false);
        await rootMounted(machine, patience);
        expect(await imageUsers(lab.cluster, image)).toMatchObject({ owner: '10.77.0.34' });
    },
);

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
        const { site } = await scene.site('network');
        const { image, mac } = hostIn(site, 'late');
        const machine = await boot({
            machine: 'network/late',
            lane: 'direct',
            wiring: { lateNic: true },
        });
        await machine.journal.waitFor(
            'the wait for the NIC',
            ({ text }) =>
                text === `rbdboot[network]: waiting for a NIC with the MAC address ${mac}`,
            patience,
        );
        await plugNic(machine, mac);
        await rootMounted(machine, patience);
        const address = directAddress(lab, hostIn(site, 'late'));
        expect(await imageUsers(lab.cluster, image)).toMatchObject({ owner: address });
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
        const { site } = await scene.site('network');
        const { image } = hostIn(site, 'late');
        const machine = await boot({ machine: 'network/late', lane: 'direct' });
        await setCable(machine, 'nic0', false);
        await machine.journal.waitFor(
            'the word of the missing link',
            ({ text }) => /has no link after 10 s: is the cable in\?$/.test(text),
            patience,
        );
        await delay(10_000);
        await setCable(machine, 'nic0', true);
        await rootMounted(machine, patience);
        const address = directAddress(lab, hostIn(site, 'late'));
        expect(await imageUsers(lab.cluster, image)).toMatchObject({ owner: address });
    },
);
