import type { MapOption } from '../model/map-option.ts';
import type { PlannedHost } from '../plan/author.ts';
import { isSnapshot } from '../plan/parameters.ts';
import type { PlanBuilder } from '../plan/plan.ts';
import type { BlockDevice, Root } from '../plan/token.ts';
import type { UnlockMethod } from '../plan/unlock-method.ts';
import { checkRoot } from './check-root/check-root.ts';
import { closeLuks } from './close-luks/close-luks.ts';
import { findRoot } from './find-root/find-root.ts';
import { keepAddress } from './keep-address/keep-address.ts';
import { loadModules } from './load-modules/load-modules.ts';
import { mapImage } from './map-image/map-image.ts';
import { mountRoot } from './mount-root/mount-root.ts';
import { network } from './network/network.ts';
import { overlayRoot } from './overlay-root/overlay-root.ts';
import { readRbdroot } from './read-rbdroot/read-rbdroot.ts';
import { releaseRoot } from './release-root/release-root.ts';
import { unlockLuks } from './unlock-luks/unlock-luks.ts';
import { unmapImages } from './unmap-images/unmap-images.ts';

/**
 * The plan of a host that a configuration describes with data alone. A plan of your own may begin
 * or end with it.
 *
 * @example
 * ```ts
 * plan: (plan, host) => {
 *     const root = standardPlan(plan, host);
 *     plan.afterRoot.step(reportUptime({}));
 *     return root;
 * }
 * ```
 */
export function standardPlan(plan: PlanBuilder, host: PlannedHost): Root {
    const { cluster, client, image, fileSystem, nicModules, rootFlags, unlock } = host;
    const { mac, address, mtu, vlan, bond } = host;
    const { fsck, overlay, rootLocation } = host;
    const connection = { mac, address, mtu, vlan, bond };
    const options = host.mapOptions ?? [];
    const others = [...nicModules, ...messengerModules(options)];
    if (host.acceptRbdroot) {
        plan.step(readRbdroot({ monitors: cluster.monitors, image }));
    }
    const modules = plan.step(loadModules(['rbd', fileSystem], others));
    const net = plan.step(network(connection));
    plan.step(keepAddress({ net, ...connection }));
    const device = plan.step(mapImage({ net, modules, cluster, client, image, options }));
    const readOnly = isSnapshot(image);
    const place =
        rootLocation === undefined ? device : plan.step(findRoot({ device, root: rootLocation }));
    const opened = unlock === undefined ? place : openContainer(plan, place, unlock, readOnly);
    // What cryptsetup-initramfs opens is there after this script has ended, and not before.
    const checked =
        unlock?.kind === 'crypttab'
            ? opened
            : plan.step(checkRoot({ device: opened, fileSystem, fsck, readOnly }));
    const mount = { device: checked, fileSystem, modules, options: rootFlags, readOnly };
    const root = plan.step(mountRoot(mount));
    if (unlock !== undefined) {
        plan.afterRoot.step(closeLuks({}));
    }
    if (overlay !== undefined && overlay !== false) {
        const { afterRoot } = plan;
        afterRoot.step(
            overlayRoot({ modules: afterRoot.step(loadModules(['overlay'])), ...overlay }),
        );
    }
    releaseAtShutdown(plan);
    return root;
}

/** What a shutdown ends with: nothing of the machine is left in the cluster. */
export function releaseAtShutdown({ atShutdown }: PlanBuilder): void {
    const released = atShutdown.step(releaseRoot({}));
    atShutdown.step(unmapImages({ released }));
}

/**
 * AES-XTS is what cryptsetup makes containers with by default, and xts is built on ecb where the
 * processor has no AES. Key slots of LUKS2 are read through algif_skcipher.
 */
function openContainer(
    plan: PlanBuilder,
    device: BlockDevice,
    method: UnlockMethod,
    readOnly: boolean,
): BlockDevice {
    const modules = plan.step(loadModules(['dm_crypt'], ['ecb', 'xts', 'algif_skcipher']));
    return plan.step(unlockLuks({ device, modules, method, readOnly }));
}

/**
 * What libceph asks the kernel for by name when it encrypts: modules that nothing depends on, so
 * that only their names bring them into an initrd (net/ceph/messenger_v2.c). Without one of them a
 * mapping waits for nothing until its time is over.
 */
function messengerModules(options: readonly MapOption[]): readonly string[] {
    const secure = options.some(({ word }) => /^ms_mode=(prefer-)?secure$/.test(word));
    return secure ? ['gf128mul', 'ghash_generic', 'ctr', 'gcm'] : [];
}
