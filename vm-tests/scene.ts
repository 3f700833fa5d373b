import { join } from 'node:path';
import type { MacAddress } from '../generator/model/mac-address.ts';
import type { MachineUuid } from '../generator/model/machine-uuid.ts';
import type { Host } from '../generator/model/site.ts';
import { imageExists, remakeImage } from './cluster/golden.ts';
import { restoreImage } from './cluster/provision.ts';
import { evictAll } from './cluster/truth.ts';
import { prepareFaults } from './faults/prepare.ts';
import type { ScheduledFault } from './faults/schedule.ts';
import type { FaultWatch } from './faults/watch.ts';
import { unpackedKernel } from './images/unpacked-kernel.ts';
import type { Lab } from './lab.ts';
import { directAddress } from './network/addresses.ts';
import { hostDirectory, readHostScript } from './network/host-script.ts';
import { networkSize } from './network/plan.ts';
import { networkStart, usualFirmware } from './network-start.ts';
import type { Start } from './qemu/arguments.ts';
import { type Changes, directStart } from './qemu/direct-start.ts';
import type { Machine, Wiring } from './qemu/machine.ts';
import { powerOn } from './qemu/power-on.ts';
import { oneAtATime } from './reserve.ts';
import { allowedBy, type MachineName, type ScenarioPlan } from './scenario-plan.ts';
import type { OpenSite } from './sites/open-site.ts';
import { serveInitrd } from './sites/serve-site.ts';

/** How a scenario wants a machine to boot. */
export interface BootOptions extends Changes {
    /** One that the scenario's plan names. Default: the first of those. */
    readonly machine?: MachineName;
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
    /**
     * Failure lines of the console that this machine is started to show. Each must come.
     * Default: the plan's code.
     */
    readonly allowed?: RegExp | readonly RegExp[];
    /** Default: one NIC, in the bridge. */
    readonly wiring?: Wiring;
    /** What goes wrong around it, and when. Each must come, or the scenario fails. Default: nothing. */
    readonly faults?: readonly ScheduledFault[];
    /** It has a hardware watchdog, which resets it. Default: it has none. */
    readonly watchdog?: true;
}

/** A machine that can be booted, and the configuration it is in. */
export interface Target {
    readonly host: Host;
    /** Absent: the reference example. */
    readonly open?: OpenSite;
}

/**
 * Gives a host its image as it was at first, which nobody has open. A snapshot stays as it is, and
 * so does an image in a cluster of the scenario's own.
 */
export async function freshImage({ cluster }: Lab, { host, open }: Target): Promise<void> {
    if (host.image.snapshot !== undefined || open?.recipe.ownCluster === true) {
        return;
    }
    if (await imageExists(cluster, host.image)) {
        await evictAll(cluster, host.image);
    }
    await (open === undefined
        ? restoreImage(cluster, host.image)
        : remakeImage(cluster, open.recipe, host));
}

/** A machine that has power, and what goes wrong around it. */
export interface Started {
    readonly machine: Machine;
    readonly faults: FaultWatch;
}

/**
 * Gives a machine power.
 *
 * @param made what its files are called, and whether it gets its image as it was at first.
 */
export async function bootIn(
    lab: Lab,
    plan: ScenarioPlan,
    target: Target,
    options: BootOptions,
    made: { readonly name: string; readonly fresh: boolean },
): Promise<Started> {
    const { host, open } = target;
    if (made.fresh) {
        await freshImage(lab, target);
    }
    const { disks, faults = [], mac = host.mac, otherNics, uuid, watchdog } = options;
    const allowed = options.allowed ?? allowedBy(plan);
    const start = await startOf(lab, plan, target, options, made.name);
    const place = { lab, mac, served: open?.served ?? lab.served, name: made.name };
    const { abandon, plug, watch } = await prepareFaults(place, faults);
    const wiring = plug === undefined ? options.wiring : { ...options.wiring, plug };
    const machine = await powerOn({
        name: host.name,
        mac,
        network: lab.network,
        accelerator: lab.accelerator,
        start,
        directory: join(lab.directory, made.name),
        sockets: lab.state,
        serverLogs: lab.serverLogs,
        ...(otherNics === undefined ? {} : { otherNics }),
        ...(uuid === undefined ? {} : { uuid }),
        ...(disks === undefined ? {} : { disks }),
        ...(allowed === undefined ? {} : { allowed }),
        ...(watchdog === undefined ? {} : { watchdog }),
        ...(wiring === undefined ? {} : { wiring }),
    }).catch(async (error: unknown) => {
        await abandon();
        throw error;
    });
    return { machine, faults: watch(machine) };
}

/**
 * What a machine of the direct lane gets on its command line besides: a kernel that hangs tells what its
 * tasks wait for; and programs are where they were before. QEMU translates a program anew for each
 * address that it finds it at, and that is half of a boot (docs/decisions/0031-programs-in-one-place.md).
 */
const forTheLab = 'sysrq_always_enabled norandmaps';

/** What a machine comes to its kernel by. @param file the beginning of the names of its files. */
async function startOf(
    lab: Lab,
    plan: ScenarioPlan,
    { host, open }: Target,
    { ipxe, ...changes }: BootOptions,
    file: string,
): Promise<Start> {
    if (open !== undefined && open.recipe.ownBootFiles !== true) {
        await serveInitrd(lab, open, host);
    }
    if (plan.lane === 'direct') {
        const script = await readHostScript(hostDirectory(open?.served ?? lab.served, host.mac), {
            address: directAddress(lab, host),
            netmask: networkSize.netmask,
            gateway: lab.network.server,
        });
        const start = await directStart(script, join(lab.state, `${file}.initrd`), changes);
        return {
            ...start,
            kernel: await oneAtATime('unpacking a kernel', () => unpackedKernel(start.kernel)),
            commandLine: `${start.commandLine} ${forTheLab}`,
        };
    }
    return networkStart(plan.firmware ?? usualFirmware, join(lab.state, file), ipxe);
}
