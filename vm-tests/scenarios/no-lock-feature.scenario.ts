import { expect } from 'vitest';
import { nobody } from '../booted-machine.ts';
import { commandIn, runCure } from '../cure.ts';
import { directAddress } from '../network/addresses.ts';
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
        const refused = await boot();
        const report = await refused.refused();
        expect(report).toMatchObject({
            step: 'map-image',
            what: 'the image rbd/fleet/no-lock lacks the feature exclusive-lock',
            cure: 'run "rbd feature enable rbd/fleet/no-lock exclusive-lock" on the cluster',
        });
        expect(await refused.image.users()).toEqual(nobody);
        await refused.cutPower();

        await runCure(lab.cluster, commandIn(report.cure, 'rbd'));
        const machine = await boot();
        await machine.rootMounted(60);
        const address = directAddress(lab, machine.host);
        expect(await machine.image.users()).toEqual({ watchers: [address], owner: address });
    },
);
