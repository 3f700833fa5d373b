import { expect } from 'vitest';
import { imageUsers } from '../cluster/truth.ts';
import { emittedBootScript } from '../emitted-boot-script.ts';
import { failureReport } from '../qemu/failure-report.ts';
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
    async (scene) => {
        const { boot, lab } = scene;
        const machine = await boot({
            machine: 'fleet/desk1',
            lane: 'direct',
            bootScript: await emittedBootScript(lab, 'wrong-fsid'),
            allowed: /RB215/,
        });
        const report = await failureReport(machine, 'RB215', 60);
        expect(report).toMatchObject({
            step: 'map-image',
            what: `the monitors belong to the cluster ${lab.cluster.fsid}, not to 00000000-0000-4000-8000-000000000000`,
            cure: expect.stringContaining('"ceph fsid" prints the right one'),
        });
        const { image } = await scene.host('fleet/desk1');
        expect(await imageUsers(lab.cluster, image)).toEqual({ watchers: [], owner: undefined });
    },
);
