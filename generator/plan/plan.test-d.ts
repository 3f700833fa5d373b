import { describe, expectTypeOf, it } from 'vitest';
import type { ImageReference } from '../model/image-reference.ts';
import type { MacAddress } from '../model/mac-address.ts';
import type { ClientName } from '../model/names.ts';
import type { Cluster } from '../model/site.ts';
import { loadModules } from '../steps/load-modules/load-modules.ts';
import { mapImage } from '../steps/map-image/map-image.ts';
import { mountRoot } from '../steps/mount-root/mount-root.ts';
import { network } from '../steps/network/network.ts';
import type { PlanBuilder } from './plan.ts';
import type { BlockDevice, Modules, Net, Root } from './token.ts';

declare const plan: PlanBuilder;
declare const mac: MacAddress;
declare const cluster: Cluster;
declare const client: ClientName;
declare const image: ImageReference;

describe('a plan', () => {
    it('gives each step the tokens of the ones before it', () => {
        const modules = plan.step(loadModules(['rbd', 'ext4']));
        const net = plan.step(network({ mac, address: 'lease' }));
        const device = plan.step(mapImage({ net, modules, cluster, client, image }));
        expectTypeOf(modules).toEqualTypeOf<Modules<'rbd' | 'ext4'>>();
        expectTypeOf(net).toEqualTypeOf<Net>();
        expectTypeOf(device).toEqualTypeOf<BlockDevice>();
        expectTypeOf(
            plan.step(mountRoot({ device, fileSystem: 'ext4', modules })),
        ).toEqualTypeOf<Root>();
    });

    it('does not map before the network is up', () => {
        const modules = plan.step(loadModules(['rbd']));
        // @ts-expect-error Property 'net' is missing
        plan.step(mapImage({ modules, cluster, client, image }));
    });

    it('does not map without the module rbd', () => {
        const modules = plan.step(loadModules(['ext4']));
        const net = plan.step(network({ mac, address: 'dhcp' }));
        // @ts-expect-error Property 'rbd' is missing
        plan.step(mapImage({ net, modules, cluster, client, image }));
    });

    it('does not mount what was never mapped', () => {
        const modules = plan.step(loadModules(['rbd', 'ext4']));
        // @ts-expect-error Type 'string' is not assignable to type 'BlockDevice'
        plan.step(mountRoot({ device: '/dev/rbd0', fileSystem: 'ext4', modules }));
    });

    it('does not mount a file system whose module is not loaded', () => {
        const modules = plan.step(loadModules(['rbd', 'ext4']));
        const net = plan.step(network({ mac, address: 'dhcp' }));
        const device = plan.step(mapImage({ net, modules, cluster, client, image }));
        // @ts-expect-error Property 'xfs' is missing
        plan.step(mountRoot({ device, fileSystem: 'xfs', modules }));
    });

    it('takes no step for its token', () => {
        const net = network({ mac, address: 'dhcp' });
        const modules = plan.step(loadModules(['rbd']));
        // @ts-expect-error a Step is not a Net: it was not recorded
        plan.step(mapImage({ net, modules, cluster, client, image }));
    });

    it('takes no forged token', () => {
        const modules = plan.step(loadModules(['rbd']));
        const net = { interface: plan.step(network({ mac, address: 'dhcp' })).interface };
        // @ts-expect-error the brand of a Net is missing
        plan.step(mapImage({ net, modules, cluster, client, image }));
    });
});
