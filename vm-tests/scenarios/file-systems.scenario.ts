import { expect } from 'vitest';
import { only } from '../booted-machine.ts';
import { putRoot } from '../cluster/put-root.ts';
import { directAddress } from '../network/addresses.ts';
import { bootTwice, scenario, startsSmallRoot } from '../scenario.ts';
import type { MachineName } from '../scenario-plan.ts';
import { smallRootRuns } from '../until.ts';

startsSmallRoot(
    {
        id: 'H18.xfs',
        title: 'a root on xfs is mounted with its options',
        tier: 'night',
        machines: ['file-systems/xfs'],
        lane: 'direct',
    },
    async ({ machine, report, scene }) => {
        expect(report).toMatchObject({ source: '/dev/rbd0', type: 'xfs', written: true });
        expect(report.options).toEqual(expect.arrayContaining(['rw', 'noatime', 'logbufs=4']));
        const address = directAddress(scene.lab, machine.host);
        expect(await machine.image.users()).toEqual(only(address));
    },
    {
        prepare: async ({ host, lab }) => {
            await putRoot(lab, (await host()).image, 'xfs');
        },
    },
);

scenario(
    {
        id: 'H18.btrfs',
        title: 'a root on btrfs is mounted, and then a subvolume of it',
        tier: 'night',
        machines: ['file-systems/btrfs', 'file-systems/subvolume'],
        roots: ['btrfs-tools'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const { host, lab } = scene;
        const { image: whole } = await host('file-systems/btrfs');
        const { image: part } = await host('file-systems/subvolume');
        const started = (machine: MachineName, mounted: string) =>
            bootTwice({
                scene,
                options: { machine },
                until: smallRootRuns,
                check: async ({ report }) => {
                    expect(report).toMatchObject({ type: 'btrfs', written: true });
                    expect(report.options).toContain(`subvol=${mounted}`);
                },
            });
        await putRoot(lab, whole, 'btrfs');
        await started('file-systems/btrfs', '/');
        await putRoot(lab, part, 'subvolume');
        await started('file-systems/subvolume', '/@');
    },
);
