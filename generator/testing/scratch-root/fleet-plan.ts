import type { PlanAuthor } from '../../plan/author.ts';
import { clientParameter, imageParameter, macParameter } from '../../plan/parameters.ts';
import { handedOver } from '../../plan/setting.ts';
import { loadModules } from '../../steps/load-modules/load-modules.ts';
import { mapImage } from '../../steps/map-image/map-image.ts';
import { mountRoot } from '../../steps/mount-root/mount-root.ts';
import { network } from '../../steps/network/network.ts';

/** The standard plan for one initrd that many hosts boot: what tells them apart arrives at boot. */
export const fleetPlan: PlanAuthor = (plan, { cluster, fileSystem, nicModules }) => {
    const modules = plan.step(loadModules(['rbd', fileSystem], nicModules));
    const net = plan.step(network({ mac: handedOver(macParameter), address: 'lease' }));
    const device = plan.step(
        mapImage({
            net,
            modules,
            cluster,
            client: handedOver(clientParameter),
            image: handedOver(imageParameter),
        }),
    );
    return plan.step(mountRoot({ device, fileSystem, modules }));
};
