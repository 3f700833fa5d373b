import { defaultFailurePolicy, type FailurePolicy } from '../model/failure-policy.ts';
import { printImageReference } from '../model/image-reference.ts';
import type { Host, OwnPlan, Site } from '../model/site.ts';
import type { PlannedHost } from '../plan/author.ts';
import {
    bondParameter,
    clientParameter,
    imageParameter,
    macParameter,
    mtuParameter,
    rootParameter,
    snapshotParameter,
    vlanParameter,
} from '../plan/parameters.ts';
import { handedOver, handedOverIfAny } from '../plan/setting.ts';

/** What a set of boot scripts is for: one host, or every host of a site. */
export interface BootSubject {
    /** For comments: `desk1`, `any host of boot.config.ts`. */
    readonly name: string;
    /** For comments: what the root is. */
    readonly root: string;
    readonly planned: PlannedHost;
    readonly nicModules: readonly string[];
    /** One initrd serves several hosts: a host archive follows it at boot. */
    readonly shared: boolean;
    /** Where the kernel command line says nothing of it. */
    readonly onFailure: FailurePolicy;
    /** Absent: the standard plan. */
    readonly plan?: OwnPlan;
}

/** Everything about the host is known, and baked into its scripts. */
export function oneHost({ cluster }: Site, host: Host): BootSubject {
    const { name, nicModules, plan } = host;
    return {
        name,
        root: `the RBD image ${printImageReference(host.image)}`,
        planned: { ...host, cluster, ...unlocking(host, false) },
        nicModules,
        shared: false,
        onFailure: host.onFailure ?? defaultFailurePolicy,
        ...(plan === undefined ? {} : { plan }),
    };
}

/**
 * One set of scripts for all hosts: which NIC, which image and which client is handed over at boot.
 * Where one host wants all NIC drivers, all get them.
 */
export function everyHost(site: Site): BootSubject {
    const { cluster, hosts } = site;
    const every = hosts.every(({ nicModules }) => nicModules.length > 0);
    const nicModules = every ? [...new Set(hosts.flatMap((host) => host.nicModules))] : [];
    const [first] = hosts;
    return {
        name: 'any host of the configuration',
        root: 'the RBD image that its host archive names',
        nicModules,
        shared: true,
        // That of each host is on the command line that its iPXE script hands over.
        onFailure: defaultFailurePolicy,
        planned: {
            name: 'any host',
            cluster,
            mac: handedOver(macParameter),
            image: handedOver(
                first?.image.snapshot === undefined ? imageParameter : snapshotParameter,
            ),
            client: handedOver(clientParameter),
            ...handedOverConnection(hosts),
            fileSystem: first?.fileSystem ?? 'ext4',
            ...(site.acceptRbdroot || hosts.some(({ rootLocation }) => rootLocation !== undefined)
                ? { rootLocation: handedOverIfAny(rootParameter) }
                : {}),
            rootFlags: first?.rootFlags ?? [],
            fsck: first?.fsck ?? 'auto',
            ...(first?.overlay === undefined ? {} : { overlay: first.overlay }),
            nicModules,
            ...(site.acceptRbdroot === undefined ? {} : { acceptRbdroot: site.acceptRbdroot }),
            ...(first === undefined ? {} : unlocking(first, true)),
            ...(first?.mapOptions === undefined ? {} : { mapOptions: first.mapOptions }),
        },
    };
}

function unlocking({ luks }: Host, handedOver: boolean): Pick<PlannedHost, 'unlock'> {
    if (luks === undefined) {
        return {};
    }
    return { unlock: luks.kind === 'key-file' ? { kind: 'key-file', handedOver } : luks };
}

/** How each host reaches the cluster; what no host has, the scripts do not ask for. */
function handedOverConnection(
    hosts: readonly Host[],
): Pick<PlannedHost, 'address' | 'mtu' | 'vlan' | 'bond'> {
    const some = (key: 'mtu' | 'vlan' | 'bond') => hosts.some((host) => host[key] !== undefined);
    return {
        // DHCP is what remains where nothing is handed over.
        address: hosts.some(({ address }) => typeof address === 'object') ? 'handed-over' : 'lease',
        ...(some('mtu') ? { mtu: handedOverIfAny(mtuParameter) } : {}),
        ...(some('vlan') ? { vlan: handedOverIfAny(vlanParameter) } : {}),
        ...(some('bond') ? { bond: handedOverIfAny(bondParameter) } : {}),
    };
}
