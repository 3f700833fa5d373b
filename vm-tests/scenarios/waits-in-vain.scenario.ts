// All of these wait for something that does not come, so they wait at the same time.
import { expect } from 'vitest';
import type { MacAddress } from '../../generator/model/mac-address.ts';
import { nobody } from '../booted-machine.ts';
import { at, blackHole, noLease } from '../faults/vocabulary.ts';
import { directAddress } from '../network/addresses.ts';
import { scenario } from '../scenario.ts';

const other = '52:54:00:99:99:99' as MacAddress;

scenario(
    {
        id: 'F10',
        title: 'no monitor answers: a machine says so in time, and tries again',
        tier: 'change',
        machines: ['fleet/desk1'],
        lane: 'direct',
        outcome: { code: 'RB205', within: 110 },
    },
    async ({ boot, lab }) => {
        // As if every monitor, and the network between, had gone at the same time.
        const machine = await boot({ faults: [at('rbdboot: network', blackHole())] });
        const asked = await machine.console.shows('the map', /: mapping rbd\/fleet\/desk1 /, 60);
        const report = await machine.refused();
        // As long as the configuration's "mount_timeout", 10 s, and the kernel's next look at it.
        const waited = report.seconds - (asked.at - machine.poweredOn) / 1000;
        expect(waited).toBeGreaterThan(9);
        expect(waited).toBeLessThan(20);
        expect(report).toMatchObject({
            step: 'map-image',
            what: 'no monitor answered: 10.77.0.10:6789',
            cure: expect.stringContaining('check that the monitors run'),
            facts: {
                address: expect.stringContaining(directAddress(lab, machine.host)),
                monitors: '10.77.0.10:6789',
            },
        });
        const failed = performance.now();
        expect(await machine.image.users()).toEqual(nobody);
        // QEMU ends where a machine would begin anew.
        expect(await machine.switchedOff()).toBe('ended with status 0');
        expect((performance.now() - failed) / 1000).toBeGreaterThan(50);
        expect((performance.now() - failed) / 1000).toBeLessThan(80);
    },
);

scenario(
    {
        id: 'F01',
        title: 'no DHCP server answers: a machine that asks says so after a minute',
        tier: 'night',
        machines: ['fleet/dhcp'],
        lane: 'direct',
        outcome: { code: 'RB211', within: 100 },
    },
    async ({ boot }) => {
        const machine = await boot({ faults: [at('kernel', noLease())] });
        expect(await machine.refused()).toMatchObject({
            step: 'network',
            what: expect.stringMatching(/^no DHCP server gave an address to \w+$/),
            cure: expect.stringContaining('the DHCP server knows this MAC address'),
            facts: { nic: expect.stringContaining(machine.host.mac) },
        });
        expect(await machine.image.users()).toEqual(nobody);
    },
);

scenario(
    {
        id: 'F45.nic',
        title: 'a machine with another NIC than it should have names the one it has',
        tier: 'night',
        machines: ['fleet/desk2'],
        lane: 'direct',
        outcome: { code: 'RB202', within: 90 },
    },
    async ({ boot }) => {
        const machine = await boot({ mac: other });
        // It looks for 30 s, since a driver may load late.
        const report = await machine.refused();
        const { mac } = machine.host;
        expect(report.step).toBe('network');
        expect(report.what).toMatch(
            new RegExp(`^no NIC has the MAC address ${mac}; there are: \\w+=${other}$`),
        );
        expect(report.cure).toContain('correct "mac" of this host in the configuration');
        expect(await machine.image.users()).toEqual(nobody);
    },
);
