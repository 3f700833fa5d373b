import { printImageReference } from '../../generator/model/image-reference.ts';
import type { Host, Site } from '../../generator/model/site.ts';
import type { HostPlan } from './host-plan.ts';
import type { ImagePlan } from './image-plan.ts';
import { familyOfHost, monitorsOf } from './monitor-plan.ts';
import type { Release } from './trial.ts';

/** What was in the place of something, and what a boot with it therefore does not show. */
export interface StandIn {
    /** `image`, `nic`, `network`… */
    readonly part: string;
    readonly standIn: string;
    readonly notTested: string;
}

const releaseNames: Readonly<Record<Release, string>> = {
    bookworm: 'Debian 12',
    trixie: 'Debian 13',
};

/** Everything that was not the machine itself, in the order in which a boot comes to it. */
export function standInsOf(
    site: Site,
    host: Host,
    plan: HostPlan,
    release: Release,
): readonly StandIn[] {
    return [
        machine(plan),
        nic(host, plan),
        ...network(host, plan),
        ...cluster(site, host),
        image(host, plan.image, release),
        ...key(host),
        ...bootDirectory(host),
        ...ownConsole(plan),
    ];
}

function machine({ nics }: HostPlan): StandIn {
    return {
        part: 'machine',
        standIn: `a virtual one with one processor, 1 GB of memory and ${nics.card}`,
        notTested: 'its own firmware, its settings, and its hardware',
    };
}

function nic({ nicModules }: Host, { nics }: HostPlan): StandIn {
    const { added, card, idle } = nics;
    if (nicModules.length === 0) {
        return {
            part: 'nic',
            standIn: `${card}, from an initrd with all drivers`,
            notTested: 'that the kernel has a driver for its own NIC, and firmware for that',
        };
    }
    return {
        part: 'nic',
        standIn:
            added.length === 0 ? card : `${card}; the initrd got ${added.join(' and ')} for it`,
        notTested:
            idle.length === 0
                ? 'the NIC itself: its driver was at work on an emulated one'
                : `the NIC itself, with ${idle.join(', ')}`,
    };
}

function network({ bond, mtu, vlan }: Host, { linksDown }: HostPlan): readonly StandIn[] {
    const ports = [
        ...(vlan === undefined ? [] : [`frames with the tag ${vlan} and, for iPXE, without one`]),
        ...(mtu === undefined || mtu <= 1500 ? [] : [`packets of ${mtu} bytes`]),
        ...(bond === undefined ? [] : [`${bond.nics.length} NICs`]),
    ];
    const switches = {
        part: 'network',
        standIn: `one switch with a port for ${ports.length === 0 ? 'the machine' : ports.join(', ')}; DHCP, TFTP and HTTP of the lab`,
        notTested: 'the switches, routers and cables on the way, and the boot server with its DHCP',
    };
    return linksDown.length === 0
        ? [switches]
        : [
              switches,
              {
                  part: 'bond',
                  standIn: 'one of its links: the switch of the lab does not speak LACP',
                  notTested: 'the bond with all its links, and LACP',
              },
          ];
}

function cluster(site: Site, host: Host): readonly StandIn[] {
    const running = monitorsOf({ cluster: site.cluster, hosts: [host] });
    const left = site.cluster.monitors.length - running.length;
    return [
        {
            part: 'cluster',
            standIn: `${running.length === 1 ? 'one monitor' : `${running.length} monitors`} and one OSD in memory, with pools, namespaces and clients that have the caps they need, and no more`,
            notTested: `that the real cluster is reached, and has them: compare with "ceph auth get client.${host.client}"`,
        },
        ...(left === 0
            ? []
            : [
                  {
                      part: 'monitors',
                      standIn: `${running.length} of ${running.length + left}, all of them with IPv${familyOfHost(host)}`,
                      notTested: 'the others',
                  },
              ]),
    ];
}

function image({ image: reference }: Host, plan: ImagePlan, release: Release): StandIn {
    const { dataPool, disk, fileSystem, luks } = plan;
    const { label, uuid, within } = fileSystem;
    const parts = [
        `a minimal ${releaseNames[release]}`,
        `on ${fileSystem.type}`,
        ...(within === undefined ? [] : [`in the subvolume ${within}`]),
        ...(label === undefined ? [] : [`with the label ${label}`]),
        ...(uuid === undefined ? [] : [`with the UUID ${uuid}`]),
        ...(luks === undefined ? [] : ['in a LUKS2 container']),
        ...(disk === undefined ? [] : [`in partition ${disk.number}`]),
        ...(dataPool === undefined ? [] : [`with its data in the pool ${dataPool}`]),
    ];
    return {
        part: 'image',
        standIn: parts.join(' '),
        notTested: `what is on ${printImageReference(reference)}: its layout, its kernel, its /etc/fstab`,
    };
}

function key({ luks }: Host): readonly StandIn[] {
    switch (luks?.kind) {
        case undefined:
            return [];
        case 'key-file':
            return [
                {
                    part: 'luks',
                    standIn: 'a container with a key of its own',
                    notTested: `that ${luks.file} opens the real container: it was not read`,
                },
            ];
        default:
            return [
                {
                    part: 'luks',
                    standIn:
                        'a container with a passphrase of its own, typed at the serial console',
                    notTested: 'the real passphrase, the keyboard, and its layout',
                },
            ];
    }
}

function bootDirectory({ bootDirectory: boot }: Host): readonly StandIn[] {
    return boot === undefined
        ? []
        : [
              {
                  part: 'bootDirectory',
                  standIn:
                      'the /boot of the image; its kernel and initrd were copied to the boot server',
                  notTested: `that ${boot.fileSystem}:${boot.path} is mounted as /boot, and that the boot server reads it`,
              },
          ];
}

function ownConsole({ changes }: HostPlan): readonly StandIn[] {
    return changes.kernelArguments === undefined
        ? []
        : [
              {
                  part: 'console',
                  standIn: `the serial one: ${changes.kernelArguments.at(-1)} is added`,
                  notTested: 'what is seen on the screen',
              },
          ];
}
