import { execa } from 'execa';
import { expect } from 'vitest';
import { printImageReference } from '../../generator/model/image-reference.ts';
import { makeNamespaces } from '../cluster/golden.ts';
import { putRoot } from '../cluster/put-root.ts';
import { imageUsers } from '../cluster/truth.ts';
import { smallRootStarted } from '../qemu/small-root-started.ts';
import { scenario } from '../scenario.ts';
import { hostIn } from '../site.ts';

const site = 'file-systems';
const lane = 'direct';

scenario(
    {
        id: 'H18.xfs',
        title: 'a root on xfs is mounted with its options',
        tier: 'night',
        machines: ['file-systems/xfs'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const { image } = hostIn((await scene.site(site)).site, 'xfs');
        await putRoot(scene.lab, image, 'xfs');
        const machine = await scene.boot({ machine: 'file-systems/xfs', lane });
        const root = await smallRootStarted(machine, 120);
        expect(root).toMatchObject({ source: '/dev/rbd0', type: 'xfs', written: true });
        expect(root.options).toEqual(expect.arrayContaining(['rw', 'noatime', 'logbufs=4']));
        const { watchers, owner } = await imageUsers(scene.lab.cluster, image);
        expect(watchers).toEqual([owner]);
    },
);

scenario(
    {
        id: 'H18.btrfs',
        title: 'a root on btrfs is mounted, and then a subvolume of it',
        tier: 'night',
        machines: ['file-systems/btrfs', 'file-systems/subvolume'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const { cluster } = scene.lab;
        const { site: hosts } = await scene.site(site);
        const [whole, part] = [hostIn(hosts, 'btrfs').image, hostIn(hosts, 'subvolume').image];
        await putRoot(scene.lab, whole, 'btrfs');
        const first = await scene.boot({ machine: 'file-systems/btrfs', lane });
        const top = await smallRootStarted(first, 120);
        expect(top).toMatchObject({ source: '/dev/rbd0', type: 'btrfs', written: true });
        expect(top.options).toContain('subvol=/');
        await first.cutPower();

        // The subvolume that this system has made of itself.
        await makeNamespaces(cluster, [part]);
        const names = [whole, part].map(printImageReference);
        await execa('rbd', ['--conf', cluster.conf, 'cp', '--no-progress', ...names]);
        const second = await scene.boot({ machine: 'file-systems/subvolume', lane });
        const root = await smallRootStarted(second, 120);
        expect(root).toMatchObject({ source: '/dev/rbd0', type: 'btrfs', written: true });
        expect(root.options).toContain('subvol=/@');
    },
);
