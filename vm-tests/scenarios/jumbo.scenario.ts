import { expect } from 'vitest';
import { nobody, only } from '../booted-machine.ts';
import { write } from '../guest-commands.ts';
import { directAddress } from '../network/addresses.ts';
import { frameLengths, startCapture } from '../qemu/capture.ts';
import { comesUp, scenario } from '../scenario.ts';
import { isUp } from '../until.ts';

/**
 * Cards that do not join packets: each frame is then one of the wire. Only with buffers that are
 * merged is there room for a large one.
 */
const asOnTheWire = ['gso', 'host_tso4', 'host_tso6', 'guest_tso4', 'guest_tso6']
    .map((name) => `${name}=off`)
    .concat('mrg_rxbuf=on')
    .join(',');

comesUp(
    {
        id: 'H08',
        title: 'a machine with an MTU of 9000 writes to its image in jumbo frames',
        tier: 'night',
        machines: ['network/jumbo'],
        lane: 'direct',
    },
    async (machine) => {
        const frames = await startCapture(machine);
        await isUp(machine);
        return frames;
    },
    async ({ machine, report: frames, scene }) => {
        const shell = await machine.logIn(30);
        await shell.succeeds(write, 60);
        shell.close();
        const lengths = await frameLengths(frames);
        // 9,000 and the header of Ethernet. The root was read in such frames too.
        expect(Math.max(...lengths)).toBe(9014);
        expect(lengths.filter((length) => length > 8000).length).toBeGreaterThan(1000);
        const address = directAddress(scene.lab, machine.host);
        expect(await machine.image.users()).toEqual(only(address));
    },
    { wiring: { portMtu: 9000, properties: asOnTheWire } },
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
    async ({ boot }) => {
        const machine = await boot({ wiring: { properties: 'host_mtu=1500' } });
        const report = await machine.refused();
        expect(report.what).toMatch(/^\w+ does not take an MTU of 9000$/);
        expect(report.cure).toContain('lower "mtu" of this host');
        expect(await machine.image.users()).toEqual(nobody);
    },
);
