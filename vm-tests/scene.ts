import { join } from 'node:path';
import type { MacAddress } from '../generator/model/mac-address.ts';
import type { MachineUuid } from '../generator/model/machine-uuid.ts';
import type { Host } from '../generator/model/site.ts';
import { imageExists, remakeImage } from './cluster/golden.ts';
import { restoreImage } from './cluster/provision.ts';
import { evictAll } from './cluster/truth.ts';
import type { Lab } from './lab.ts';
import { directAddress } from './network/addresses.ts';
import { hostDirectory, readHostScript } from './network/host-script.ts';
import { type Firmware, networkStart } from './network-start.ts';
import type { Start } from './qemu/arguments.ts';
import { type Changes, directStart } from './qemu/direct-start.ts';
import type { Wiring } from './qemu/machine.ts';
import type { OpenSite } from './sites/open-site.ts';
import type { SiteName } from './sites/recipes.ts';
import { serveInitrd } from './sites/serve-site.ts';

/** How a scenario wants a machine to boot. */
export interface BootOptions extends Changes {
    /** Whose machine it is: a configuration in `sites/`. Default: `'fleet'`, where a host is named. */
    readonly site?: SiteName;
    /** A host of that configuration. Default: the machine of the reference example. */
    readonly host?: string;
    /**
     * `'network'`: as a rack does it. `'direct'`: the same kernel, initrds and command line, put into
     * memory by QEMU, for scenarios that are about what comes after. Default: `'network'`.
     */
    readonly lane?: 'network' | 'direct';
    /** For the network lane. Default: `'bios'`. */
    readonly firmware?: Firmware;
    /** Of the NIC that the machine really has. Default: as in the configuration. */
    readonly mac?: MacAddress;
    /** NICs that it has besides, in front of that one. Default: none. */
    readonly otherNics?: readonly MacAddress[];
    /** What its firmware says that it is. Default: no UUID. */
    readonly uuid?: MachineUuid;
    /** Raw images of disks that it has besides. Default: none. */
    readonly disks?: readonly string[];
    /** For the network lane under BIOS: a file that starts as iPXE. Default: the iPXE of the NIC. */
    readonly ipxe?: string;
    /** Failure lines of the console that this machine is started to show. */
    readonly allowed?: RegExp;
    /** Default: one NIC, in the bridge. */
    readonly wiring?: Wiring;
}

/** A machine that can be booted, and the configuration it is in. */
export interface Target {
    readonly host: Host;
    /** Absent: the reference example. */
    readonly open?: OpenSite;
}

/** Gives a host its image as it was at first, which nobody has open. A snapshot stays as it is. */
export async function freshImage({ cluster }: Lab, { host, open }: Target): Promise<void> {
    if (host.image.snapshot !== undefined) {
        return;
    }
    if (await imageExists(cluster, host.image)) {
        await evictAll(cluster, host.image);
    }
    await (open === undefined
        ? restoreImage(cluster, host.image)
        : remakeImage(cluster, open.recipe, host));
}

/**
 * What a machine comes to its kernel by.
 *
 * @param file the beginning of the names of files that are made for it.
 */
export async function startOf(
    lab: Lab,
    { host, open }: Target,
    { firmware = 'bios', lane = 'network', ipxe, ...changes }: BootOptions,
    file: string,
): Promise<Start> {
    if (open !== undefined && open.recipe.ownBootFiles !== true) {
        await serveInitrd(lab, open, host);
    }
    if (lane === 'direct') {
        const script = await readHostScript(hostDirectory(open?.served ?? lab.served, host.mac), {
            address: directAddress(lab, host),
            netmask: '255.255.255.0',
            gateway: lab.network.server,
        });
        return directStart(script, join(lab.state, `${file}.initrd`), changes);
    }
    return networkStart(firmware, join(lab.state, file), ipxe);
}
