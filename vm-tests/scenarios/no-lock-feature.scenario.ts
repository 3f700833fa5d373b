import { expect } from 'vitest';
import { nobody, only } from '../booted-machine.ts';
import { commandIn, runCure } from '../cure.ts';
import { directAddress } from '../network/addresses.ts';
import { scenario } from '../scenario.ts';

const wrongFeatures = [
    {
        id: 'F24',
        host: 'no-lock',
        title: 'an image without the feature for its lock is refused, until it has it',
        what: 'the image rbd/fleet/no-lock lacks the feature exclusive-lock',
        cure: 'run "rbd feature enable rbd/fleet/no-lock exclusive-lock" on the cluster',
    },
    {
        id: 'F24.journaling',
        host: 'journaling',
        title: 'an image with a feature that no kernel has is refused, until that is taken away',
        what: 'this kernel does not support these features of the image rbd/fleet/journaling: journaling',
        cure: 'boot a newer kernel, or take them away: rbd feature disable rbd/fleet/journaling journaling',
    },
] as const;

for (const { cure, host, id, title, what } of wrongFeatures) {
    scenario(
        {
            id,
            title,
            tier: 'night',
            machines: [`fleet/${host}`],
            lane: 'direct',
            outcome: { code: 'RB209', within: 60 },
        },
        async ({ boot, lab }) => {
            const refused = await boot();
            const report = await refused.refused();
            expect(report).toMatchObject({ step: 'map-image', what, cure });
            expect(await refused.image.users()).toEqual(nobody);
            await refused.cutPower();

            await runCure(lab.cluster, commandIn(report.cure, 'rbd'));
            const machine = await boot();
            await machine.rootMounted(60);
            const address = directAddress(lab, machine.host);
            expect(await machine.image.users()).toEqual(only(address));
        },
    );
}
