import { bondModes } from '../../generator/model/bond.ts';
import type { MacAddress } from '../../generator/model/mac-address.ts';
import type { Host } from '../../generator/model/site.ts';
import { type ImagePlan, planImage } from './image-plan.ts';
import type { Impossible } from './impossible.ts';
import { type NicPlan, planNics } from './nic-plan.ts';
import type { HostChanges } from './stand-in-configuration.ts';

/** What the lab makes for one host of a configuration. */
export interface HostPlan {
    readonly name: string;
    readonly image: ImagePlan;
    readonly nics: NicPlan;
    /** NICs besides the one that it boots from. */
    readonly otherNics: readonly MacAddress[];
    /** NICs whose link is down: without LACP in a switch a bond of that mode has one link. */
    readonly linksDown: readonly number[];
    /** Further properties of its cards. */
    readonly properties?: string;
    /** The longest packet of its ports. Absent: 1500. */
    readonly portMtu?: number;
    /** What somebody has to type. */
    readonly prompt?: RegExp;
    readonly changes: HostChanges;
}

/** What serves as the console of a test. */
const serial = 'ttyS0';

/** Plans one host, or says what of it cannot be tried. */
export function planHost(host: Host): HostPlan | Impossible {
    const image = planImage(host);
    if ('message' in image) {
        return image;
    }
    const nics = planNics(host.nicModules);
    const [, ...otherNics] = host.bond?.nics ?? [host.mac];
    const oneLink = host.bond?.mode === bondModes[1];
    // The kernel takes no card into a bond with LACP that does not say how fast it is.
    const properties =
        oneLink && nics.card === 'virtio-net-pci' ? { properties: 'speed=1000,duplex=full' } : {};
    const prompt = promptOf(host);
    return {
        name: host.name,
        image,
        nics,
        otherNics,
        linksDown: oneLink ? otherNics.map((_, index) => index + 1) : [],
        ...properties,
        ...(host.mtu === undefined ? {} : { portMtu: Math.max(host.mtu, 1500) }),
        ...(prompt === undefined ? {} : { prompt }),
        changes: changesOf(host, nics),
    };
}

/** Where the key is that the lab makes in the place of the user's; seen in its namespace alone. */
export function standInKey(host: string): string {
    return `/etc/ceph/rbdboot-luks-${host}.key`;
}

function promptOf({ luks }: Host): RegExp | undefined {
    switch (luks?.kind) {
        case 'passphrase':
            return /type the passphrase for \S+ at ttyS0, try 1 of \d+:\n/;
        case 'crypttab':
            return /Please unlock disk root: $/;
        default:
            return undefined;
    }
}

function changesOf(host: Host, { added }: NicPlan): HostChanges {
    const { kernelArguments, luks, name, nicModules } = host;
    const consoles = kernelArguments.filter((word) => word.startsWith('console='));
    const lastConsole = /^console=(?<device>\w+)/.exec(consoles.at(-1) ?? '')?.groups?.device;
    // Without any, the kernel has the screen; the last one is where it expects somebody to type.
    const further = [
        ...(consoles.length === 0 ? ['console=tty0'] : []),
        `console=${serial},115200`,
    ];
    return {
        ...(luks?.kind === 'key-file' ? { luks: { keyFile: standInKey(name) } } : {}),
        ...(lastConsole === serial ? {} : { kernelArguments: [...kernelArguments, ...further] }),
        ...(added.length === 0 ? {} : { nicModules: [...nicModules, ...added] }),
    };
}
