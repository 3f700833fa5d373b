import type { Bond } from '../model/bond.ts';
import type { FileSystem, FsckPolicy } from '../model/file-system.ts';
import type { ImageReference } from '../model/image-reference.ts';
import type { MacAddress } from '../model/mac-address.ts';
import type { MapOption } from '../model/map-option.ts';
import type { MountOption } from '../model/mount-option.ts';
import type { Mtu } from '../model/mtu.ts';
import type { ClientName } from '../model/names.ts';
import type { Overlay } from '../model/overlay.ts';
import type { RootLocation } from '../model/root-location.ts';
import type { AddressSource, Cluster } from '../model/site.ts';
import type { VlanId } from '../model/vlan-id.ts';
import type { PlanBuilder } from './plan.ts';
import type { Setting } from './setting.ts';
import type { Root } from './token.ts';
import type { UnlockMethod } from './unlock-method.ts';

/**
 * What a plan may want to know of the host that it is for. With an initrd that serves all hosts,
 * the settings are handed over at boot: steps take them either way.
 */
export interface PlannedHost {
    readonly name: string;
    readonly cluster: Cluster;
    readonly client: Setting<ClientName>;
    readonly image: Setting<ImageReference>;
    readonly mac: Setting<MacAddress>;
    readonly address: PlannedAddress;
    /** Absent: what the NIC has. */
    readonly mtu?: Setting<Mtu>;
    /** Absent: frames carry no tag. */
    readonly vlan?: Setting<VlanId>;
    /** Absent: the NIC alone. */
    readonly bond?: Setting<Bond>;
    readonly fileSystem: FileSystem;
    /** Where on the image the root is. Absent: the whole image is. */
    readonly rootLocation?: Setting<RootLocation>;
    /** Options of the mount of the root. */
    readonly rootFlags: readonly MountOption[];
    readonly fsck: FsckPolicy;
    /** Over a root that can only be read. Absent or `false`: there is none. */
    readonly overlay?: Overlay | false;
    /** Absent: the file system is on the image itself. */
    readonly unlock?: UnlockMethod;
    readonly nicModules: readonly string[];
    /** Absent: `rbdroot=` and `root=rbd:` on the kernel command line are not looked at. */
    readonly acceptRbdroot?: true;
    /** Options of the mapping. Absent: rbdboot's and the kernel's own. */
    readonly mapOptions?: readonly MapOption[];
}

/** Known, or `'handed-over'`: a lease, an address that a host always has, or DHCP without either. */
export type PlannedAddress = AddressSource | 'handed-over';

/** Records the steps of a host, and returns the token of its root. */
export type PlanAuthor = (plan: PlanBuilder, host: PlannedHost) => Root;
