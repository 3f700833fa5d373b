import { expect } from 'vitest';
import { imageUsers } from '../cluster/truth.ts';
import { commandIn, runCure } from '../cure.ts';
import { directAddress } from '../network/addresses.ts';
import { failureReport } from '../qemu/failure-report.ts';
import { rootMounted } from '../qemu/root-mounted.ts';
import { scenario } from '../scenario.ts';

scenario(
    {
        id: 'F24',
        title: 'an image without the feature for its lock is refused, until it has it',
        tier: 'night',
        machines: ['fleet/no-lock'],
        lane: 'direct',
        outcome: { code: 'RB209', within: 60 },
    },
    async (scene) => {
        const { boot, lab } = scene;
        const { image } = await scene.host('fleet/no-lock');
        const refused = await boot({ machine: 'fleet/no-lock', lane: 'direct', allowed: /RB209/ });
        const report = await failureReport(refused, 'RB209', 60);
        expect(report).toMatchObject({
            step: 'map-image',
            what: 'the image rbd/fleet/no-lock lacks the feature exclusive-lock',
            cure: 'run "rbd feature enable rbd/fleet/no-lock exclusive-lock" on the cluster',
        });
        expect(await imageUsers(lab.cluster, image)).toEqual({ watchers: [], owner: undefined });
        await refused.cutPower();

        await runCure(lab.cluster, commandIn(report.cure, 'rbd'));
        await rootMounted(await boot({ machine: 'fleet/no-lock', lane: 'direct' }), 60);
        const address = directAddress(lab, await scene.host('fleet/no-lock'));
        expect(await imageUsers(lab.cluster, image)).toEqual({
            watchers: [address],
            owner: address,
        });
    },
);
