import { expect } from 'vitest';
import { putRoot } from '../../cluster/put-root.ts';
import { imageUsers } from '../../cluster/truth.ts';
import { smallRootStarted } from '../../qemu/small-root-started.ts';
import { scenario } from '../../scenario.ts';
import { hostIn } from '../../site.ts';

const site = 'file-systems';
const lane = 'direct';

scenario('a root on xfs is mounted with its options', async (scene) => {
    const { image } = hostIn((await scene.site(site)).site, 'xfs');
    await putRoot(scene.lab, image, 'xfs');
    const machine = await scene.boot({ site, host: 'xfs', lane });
    const root = await smallRootStarted(machine, 120);
    expect(root).toMatchObject({ source: '/dev/rbd0', type: 'xfs', written: true });
    expect(root.options).toEqual(expect.arrayContaining(['rw', 'noatime', 'logbufs=4']));
    const { watchers, owner } = await imageUsers(scene.lab.cluster, image);
    expect(watchers).toEqual([owner]);
});
