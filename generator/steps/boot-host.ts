import type { Outcome } from '../diagnostics/diagnostic.ts';
import type { Host, Site } from '../model/site.ts';
import type { BootEnvironment } from '../plan/environment.ts';
import { type BootPlan, buildPlan } from '../plan/plan.ts';
import { loadModules } from './load-modules/load-modules.ts';
import { mapImage } from './map-image/map-image.ts';
import { mountRoot } from './mount-root/mount-root.ts';
import { network } from './network/network.ts';

/** The plan of a host that a configuration describes with data alone. */
export function bootHost(site: Site, host: Host, environment: BootEnvironment): Outcome<BootPlan> {
    const { cluster } = site;
    const { mac, address, client, image, fileSystem, nicModules } = host;
    return buildPlan(environment, (plan) => {
        const modules = plan.step(loadModules(['rbd', fileSystem], nicModules));
        const net = plan.step(network({ mac, address }));
        const device = plan.step(mapImage({ net, modules, cluster, client, image }));
        return plan.step(mountRoot({ device, fileSystem, modules }));
    });
}
