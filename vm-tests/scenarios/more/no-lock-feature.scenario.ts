import { expect } from 'vitest';
import { imageUsers } from '../../cluster/truth.ts';
import { commandIn, runCure } from '../../cure.ts';
import { directAddress } from '../../network/addresses.ts';
import { failureReport } from '../../qemu/failure-report.ts';
import { rootMounted } from '../../qemu/root-mounted.ts';
import { scenario } from '../../scenario.ts';

scenario('an image without the feature for its lock is refused, until it has it', async (scene) => {
    const { boot, lab } = scene;
    const { image } = scene.host('no-lock');
    const refused = await boot({ host: 'no-lock', lane: 'direct', allowed: /RB209/ });
    const report = await failureReport(refused, 'RB209', 60);
    expect(report).toMatchObject({
        step: 'map-image',
        what: 'the image rbd/fleet/no-lock lacks the feature exclusive-lock',
        cure: 'run "rbd feature enable rbd/fleet/no-lock exclusive-lock" on the cluster',
    });
    expect(await imageUsers(lab.cluster, image)).toEqual({ watchers: [], owner: undefined });
    await refused.cutPower();

    await runCure(lab.cluster, commandIn(report.cure, 'rbd'));
    await rootMounted(await boot({ host: 'no-lock', lane: 'direct' }), 60);
    const address = directAddress(lab, scene.host('no-lock'));
    expect(await imageUsers(lab.cluster, image)).toEqual({ watchers: [address], owner: address });
});
