import { expect, vi } from 'vitest';
import { nobody } from '../booted-machine.ts';
import { emittedBootScript } from '../emitted-boot-script.ts';
import { scenario } from '../scenario.ts';

scenario(
    {
        id: 'F23.cluster',
        title: 'a machine that finds its image in another cluster lets go of it',
        tier: 'night',
        machines: ['fleet/desk1'],
        lane: 'direct',
        outcome: { code: 'RB215', within: 60 },
    },
    async ({ boot, lab }) => {
        const machine = await boot({
            bootScript: await emittedBootScript(lab, 'wrong-fsid'),
        });
        const report = await machine.refused();
        expect(report).toMatchObject({
            step: 'map-image',
            what: `the monitors belong to the cluster ${lab.cluster.fsid}, not to 00000000-0000-4000-8000-000000000000`,
            cure: expect.stringContaining('"ceph fsid" prints the right one'),
        });
        // The report does not wait for that, and udev may be looking at the device.
        await vi.waitFor(async () => expect(await machine.image.users()).toEqual(nobody), {
            timeout: 30_000,
            interval: 500,
        });
    },
);
