import type { Bond } from './bond.ts';
import type { BootDirectory } from './boot-directory.ts';
import type { Seconds } from './duration.ts';
import type { FailurePolicy } from './failure-policy.ts';
import type { FileSystem, FsckPolicy } from './file-system.ts';
import type { ImageFeature } from './image-feature.ts';
import type { ImageReference } from './image-reference.ts';
import type { InterfaceAddress, IpAddress } from './interface-address.ts';
import type { KernelVersion } from './kernel-version.ts';
import type { Luks } from './luks.ts';
import type { MacAddress } from './mac-address.ts';
import type { MachineUuid } from './machine-uuid.ts';
import type { MapOption } from './map-option.ts';
import type { MonitorAddress } from './monitor-address.ts';
import type { MountOption } from './mount-option.ts';
import type { Mtu } from './mtu.ts';
import type { ClientName, Fsid, HostName } from './names.ts';
import type { Overlay } from './overlay.ts';
import type { RootLocation } from './root-location.ts';
import type { VlanId } from './vlan-id.ts';

/** How a machine comes to its address in the initramfs. */
export type AddressSource =
    /** What iPXE leased is handed over on the kernel command line; DHCP if it is not there. IPv4. */
    | 'lease'
    /** A DHCP exchange of its own. IPv4. */
    | 'dhcp'
    | StaticAddress;

/** An address that the configuration gives. */
export interface StaticAddress {
    readonly ip: InterfaceAddress;
    /** Absent: the machine reaches its own network alone, and with IPv6 what a router announces. */
    readonly gateway?: IpAddress;
}

/** The Ceph cluster that holds the images. */
export interface Cluster {
    readonly fsid: Fsid;
    /** At least one, in the order in which the kernel is told of them. */
    readonly monitors: readonly MonitorAddress[];
}

/**
 * A plan that the configuration brings along. Its types live with the plans, above this folder; the
 * compiler has checked them in the configuration (`HostSpec`).
 */
export type OwnPlan = (plan: never, host: never) => unknown;

/** One diskless machine. */
export interface Host {
    readonly name: HostName;
    readonly mac: MacAddress;
    /** Absent: iPXE finds the host by its MAC address alone. */
    readonly uuid?: MachineUuid;
    readonly image: ImageReference;
    readonly fileSystem: FileSystem;
    /** Where on the image the root is. Absent: the whole image is. */
    readonly rootLocation?: RootLocation;
    /** Options of its mount, in their order. */
    readonly rootFlags: readonly MountOption[];
    readonly fsck: FsckPolicy;
    /**
     * Over a root that can only be read: where what the machine writes goes. `false`: nowhere, the
     * system on the image is made to run read-only. Absent: the image itself is written to.
     */
    readonly overlay?: Overlay | false;
    readonly address: AddressSource;
    /** Absent: the NIC's own, 1500 with Ethernet. */
    readonly mtu?: Mtu;
    /** Absent: frames carry no tag. */
    readonly vlan?: VlanId;
    /** Absent: the NIC alone. */
    readonly bond?: Bond;
    /** The CephX user that maps the image. */
    readonly client: ClientName;
    /** Absolute path, on the machine that runs rbdboot, of the keyring with that user's key. */
    readonly keyring: string;
    /**
     * Kernel modules of the NIC. Empty: every NIC driver goes into the initrd and udev picks one,
     * which is right for unknown hardware and makes a larger initrd.
     */
    readonly nicModules: readonly string[];
    /** Further words of the kernel command line, in their order. */
    readonly kernelArguments: readonly string[];
    /** Options of the mapping that differ from rbdboot's and the kernel's own. Absent: none. */
    readonly mapOptions?: readonly MapOption[];
    /** The features of the image, where the configuration tells. */
    readonly features?: readonly ImageFeature[];
    /** Absent: the file system is on the image itself. */
    readonly luks?: Luks;
    /** Absent: the default one, a reboot after 60 s. */
    readonly onFailure?: FailurePolicy;
    /** What the real system mounts at /boot. Absent: the /boot of its image. */
    readonly bootDirectory?: BootDirectory;
    /** Absent: the standard plan. */
    readonly plan?: OwnPlan;
}

/** A checked configuration: every value in it has been accepted by its smart constructor. */
export interface Site {
    /** Absolute path of the configuration file. */
    readonly source: string;
    readonly cluster: Cluster;
    /** The oldest kernel that any of the machines boots; absent if it is not known. */
    readonly kernel?: KernelVersion;
    /** Absent: each host has an initrd of its own, with everything about it baked in. */
    readonly initrd?: 'shared';
    /** Absent: `rbdroot=` and `root=rbd:` on the kernel command line are not looked at. */
    readonly acceptRbdroot?: true;
    /** For how long iPXE shows a menu with the previous kernel. Absent: no menu. */
    readonly menu?: Seconds;
    readonly hosts: readonly Host[];
}
