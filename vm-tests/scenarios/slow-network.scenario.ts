import { expect } from 'vitest';
import { nobody, only } from '../booted-machine.ts';
import { at, blackHole, latency } from '../faults/vocabulary.ts';
import { directAddress } from '../network/addresses.ts';
import { scenario } from '../scenario.ts';

scenario(
    {
        id: 'F07',
        title: 'a machine whose packets vanish when it maps says so after mount_timeout',
        tier: 'night',
        machines: ['faults/desk3'],
        lane: 'direct',
        outcome: { code: 'RB205', within: 120 },
    },
    async ({ boot, lab }) => {
        const machine = await boot({ faults: [at('rbdboot: network', blackHole())] });
        const asked = await machine.console.shows('the map', /: mapping rbd\/faults\/desk3 /, 60);
        const report = await machine.refused();
        // 30 s are in its configuration; the kernel looks at the time every few seconds.
        const waited = report.seconds - (asked.at - machine.poweredOn) / 1000;
        expect(waited).toBeGreaterThan(29);
        expect(waited).toBeLessThan(45);
        expect(report).toMatchObject({
            what: 'no monitor answered: 10.77.0.10:6789',
            ending: 'this machine reboots in 60 seconds',
            facts: { address: expect.stringContaining(directAddress(lab, machine.host)) },
        });
        // The carrier stays, so that is not what is told.
        expect(report.facts).not.toHaveProperty('link');
        expect(await machine.image.users()).toEqual(nobody);
    },
);

scenario(
    {
        id: 'F08',
        title: 'a machine boots over a network that takes 150 to 300 ms for an answer',
        tier: 'night',
        machines: ['faults/desk2'],
        lane: 'direct',
        minutes: 15,
        outcome: 'up',
    },
    async ({ boot, lab }) => {
        const machine = await boot({ faults: [at('kernel', latency(150))] });
        // 210 s on an idle machine; what comes after is a matter of how much a system reads.
        await machine.console.shows('the start of the system', /systemd\[1\]: systemd \d/, 600);
        expect(await machine.image.users()).toEqual(only(directAddress(lab, machine.host)));
    },
);
