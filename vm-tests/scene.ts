import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MacAddress } from '../generator/model/mac-address.ts';
import type { Host } from '../generator/model/site.ts';
import { imageExists, remakeImage } from './cluster/fleet-images.ts';
import { restoreImage } from './cluster/provision.ts';
import { evictAll } from './cluster/truth.ts';
import type { Lab } from './lab.ts';
import { hostDirectory, readHostScript } from './network/host-script.ts';
import { uefiFirmware } from './programs.ts';
import type { Start } from './qemu/arguments.ts';
import { type Changes, directStart } from './qemu/direct-start.ts';

/** How a scenario wants a machine to boot. */
export interface BootOptions extends Changes {
    /** One of the fleet. Default: the machine of the reference example. */
    readonly host?: string;
    /**
     * `'network'`: as a rack does it. `'direct'`: the same kernel, initrds and command line, put into
     * memory by QEMU, for scenarios that are about what comes after. Default: `'network'`.
     */
    readonly lane?: 'network' | 'direct';
    /** For the network lane. Default: `'bios'`. */
    readonly firmware?: 'bios' | 'uefi';
    /** Of the NIC that the machine really has. Default: as in the configuration. */
    readonly mac?: MacAddress;
    /** Failure lines of the console that this machine is started to show. */
    readonly allowed?: RegExp;
}

/** The lab's machine of that name; without a name that of the reference example. */
export function hostOf({ fleet, host }: Lab, name?: string): Host {
    const found = name === undefined ? host : fleet?.hosts.find((one) => one.name === name);
    if (found === undefined) {
        throw new Error(`the lab has no machine ${name}`);
    }
    return found;
}

/** Gives a host its image as it was at first, which nobody has open. */
export async function freshImage({ cluster, host }: Lab, one: Host): Promise<void> {
    if (await imageExists(cluster, one.image)) {
        await evictAll(cluster, one.image);
    }
    await (one.mac === host.mac ? restoreImage(cluster, one.image) : remakeImage(cluster, one));
}

/** The address that the direct lane hands over: outside of what DHCP gives out. */
export function directAddress({ fleet, network }: Lab, { name }: Host): string {
    const number = fleet?.hosts.findIndex((one) => one.name === name) ?? -1;
    return `${network.prefix}.${50 + number}`;
}

/**
 * What a machine comes to its kernel by.
 *
 * @param file the beginning of the names of files that are made for it.
 */
export async function startOf(
    lab: Lab,
    host: Host,
    { firmware = 'bios', lane = 'network', ...changes }: BootOptions,
    file: string,
): Promise<Start> {
    if (lane === 'direct') {
        const script = await readHostScript(hostDirectory(lab.served, host.mac), {
            address: directAddress(lab, host),
            netmask: '255.255.255.0',
            gateway: lab.network.server,
        });
        return directStart(script, join(lab.state, `${file}.initrd`), changes);
    }
    if (firmware === 'bios') {
        return { lane };
    }
    const variables = join(lab.state, `${file}.variables`);
    await copyFile(uefiFirmware.variables, variables);
    return { lane, uefi: { code: uefiFirmware.code, variables } };
}
