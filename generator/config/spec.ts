import type { DurationText } from '../model/duration.ts';
import type { FailurePolicyText } from '../model/failure-policy.ts';
import type { ImageFeature } from '../model/image-feature.ts';
import type { LuksText } from '../model/luks.ts';
import type { MapOptionValues } from '../model/map-options.ts';
import type { RootTag } from '../model/root-location.ts';
import type { SizeText } from '../model/size.ts';
import type { PlanAuthor } from '../plan/author.ts';

// `parse.ts` turns this into a checked `Site` and says what is wrong with it, in the terms used here.

/** What an administrator writes: plain data. */
export interface BootSpec {
    /** The Ceph cluster that holds the images. */
    readonly cluster: ClusterSpec;
    /**
     * The oldest kernel that any of the machines boots: `6.1`, or as `uname -r` prints it. With it,
     * what that kernel does not have is refused here, and not by the machine when it boots.
     *
     * @defaultValue not known: nothing is compared with it
     */
    readonly kernel?: string;
    /**
     * `'per-host'`: each host has an initrd of its own, with everything about it baked in.
     * `'shared'`: one initrd serves all hosts; MAC address, image, client and key come in an archive
     * of the host, which its iPXE script loads as a second initrd.
     *
     * @defaultValue `'per-host'`
     */
    readonly initrd?: 'per-host' | 'shared';
    /**
     * Also take image, client and key from `rbdroot=` or `root=rbd:` on the kernel command line, as
     * older boot scripts do, for the time in which machines come from those. A key there can be read
     * by every user of the machine: the console says so at each boot. `rbdboot.*` on the kernel
     * command line wins over it, and it wins over the host archive; the cluster stays the one of
     * `cluster`. For `initrd: 'shared'` alone, as what is baked in cannot be replaced.
     *
     * @defaultValue `false`
     */
    readonly acceptRbdroot?: boolean;
    /**
     * iPXE shows each machine a menu for this long, `'5s'`: its current kernel and initrd, and the
     * previous ones, which `rbdboot ipxe --kernel FILE --initrd FILE` keeps. Each boot takes as much
     * longer.
     *
     * @defaultValue no menu
     */
    readonly menu?: DurationText;
    /** The machines, by name. A name is one label of a host name: `desk1`. */
    readonly hosts: Readonly<Record<string, HostSpec>>;
}

/** The Ceph cluster, and the user whose key the machines have. */
export interface ClusterSpec {
    /** The cluster's id, as `ceph fsid` prints it. */
    readonly fsid: string;
    /** Monitor addresses: `10.0.0.1`, `10.0.0.1:6789`, `[fd00::1]:6789`. The port is 6789 if left out. */
    readonly monitors: readonly string[];
    /** The CephX user that maps the images, without the `client.`: `desks`. */
    readonly client: string;
    /**
     * The keyring file with that user's key, on the machine that runs rbdboot; a relative path
     * starts at the configuration file.
     *
     * @defaultValue `/etc/ceph/ceph.client.<client>.keyring`
     */
    readonly keyring?: string;
}

/** One diskless machine. */
export interface HostSpec {
    /** The address of the NIC that reaches the cluster: `52:54:00:ab:cd:ef`. */
    readonly mac: string;
    /**
     * The UUID in the firmware of the machine, as `cat /sys/class/dmi/id/product_uuid` prints it. With
     * it iPXE finds the machine whichever of its NICs booted; its address then comes from a DHCP
     * exchange of the NIC that `mac` names.
     *
     * @defaultValue the MAC address alone
     */
    readonly uuid?: string;
    /**
     * The root image: `pool/image` or `pool/namespace/image`. With `@snapshot` the root is that state
     * of it, which many machines can share and none can change: it is mapped without a lock and
     * mounted read-only, and `overlay` says where the machine's writes go.
     */
    readonly image: string;
    /**
     * Over the root from a snapshot. `true`: what the machine writes goes to an overlay in memory and is
     * gone at the next boot; `{ size: '2G' }` says how much that may be. `false`: there is none, and
     * the system on the image has to run on a read-only root.
     *
     * @defaultValue none for an image; a snapshot has to say it. The size is half of the memory
     */
    readonly overlay?: boolean | { readonly size: SizeText };
    /** The file system of the root. */
    readonly filesystem: 'ext4' | 'xfs' | 'btrfs';
    /**
     * The number of the partition of the image that the root is on, from 1.
     *
     * @defaultValue the whole image is the root
     */
    readonly partition?: number;
    /**
     * What the root is called, for an image on which its number may change: `'LABEL=root'`,
     * `'UUID=...'` or `'PARTUUID=...'`, as `blkid` prints it. It is looked for on the image and its
     * partitions, and on no other disk of the machine.
     *
     * @defaultValue the whole image is the root
     */
    readonly root?: RootTag;
    /**
     * Options of its mount, one an entry: `['noatime']`, and `['subvol=@']` for a subvolume of btrfs.
     *
     * @defaultValue none
     */
    readonly rootFlags?: readonly string[];
    /**
     * Whether an ext4 root is checked before it is mounted. `'auto'`: e2fsck mends what can be mended
     * safely, and looks no further at a file system that is clean. `'force'`: it looks at all of it.
     * `'skip'`: no check. For one boot, `fsck.mode=force`, `fsck.mode=skip` and `fsck.repair=yes` on
     * the kernel command line say otherwise. xfs and btrfs need no check: they replay their log when
     * they are mounted.
     *
     * @defaultValue `'auto'`
     */
    readonly fsck?: 'auto' | 'force' | 'skip';
    /**
     * `'lease'`: use the IPv4 address that iPXE leased, handed over on the kernel command line, and
     * DHCP if there is none. `'dhcp'`: always a DHCP exchange of its own, for IPv4. Or an address
     * that the machine always has: `{ ip: '10.0.0.5/24', gateway: '10.0.0.1' }`, IPv4 or IPv6.
     *
     * @defaultValue `'lease'`
     */
    readonly address?: 'lease' | 'dhcp' | StaticAddressSpec;
    /**
     * The longest packet in bytes, as 9000 for jumbo frames. Every switch on the way to the cluster
     * has to take it: set it there first.
     *
     * @defaultValue what the NIC has, 1500 with Ethernet
     */
    readonly mtu?: number;
    /**
     * The number of the VLAN that the cluster is reached through, where the switch port expects its
     * frames with a tag. iPXE itself boots without one, so with `'lease'` the machine would have an
     * address of the wrong network: use `'dhcp'` or an address of its own.
     *
     * @defaultValue frames without a tag
     */
    readonly vlan?: number;
    /**
     * Several NICs that act as one.
     *
     * @defaultValue the NIC with the address `mac` alone
     */
    readonly bond?: BondSpec;
    /**
     * Kernel modules of the NIC, as `['e1000e']` (on a virtual machine
     * `['virtio_pci', 'virtio_net']`). With this list the initrd carries these drivers alone and is
     * several times smaller; without it, it carries them all.
     *
     * @defaultValue all network drivers of the kernel
     */
    readonly nicModules?: readonly string[];
    /**
     * Further words of the kernel command line: `['console=ttyS0,115200']`. Never a secret: every
     * user of the machine can read the command line.
     *
     * @defaultValue none
     */
    readonly kernelArguments?: readonly string[];
    /**
     * The CephX user that maps the image of this host, without the `client.`.
     *
     * @defaultValue `cluster.client`
     */
    readonly client?: string;
    /**
     * The keyring file with the key of that user, as in `cluster.keyring`.
     *
     * @defaultValue `cluster.keyring`, and else `/etc/ceph/ceph.client.<client>.keyring`
     */
    readonly keyring?: string;
    /**
     * Options of the mapping, by the kernel's own names: `{ queue_depth: 256 }`. What rbdboot itself
     * sets (name, key, lock, namespace) cannot stand here.
     *
     * @defaultValue `{ lock_timeout: '90s', mount_timeout: '60s' }`, each of which can be overridden
     */
    readonly mapOptions?: MapOptionValues;
    /**
     * The features of the image, as `rbd info` prints them: `['layering', 'exclusive-lock']`. With
     * them, what the machine's kernel cannot map is refused here.
     *
     * @defaultValue not known: the kernel finds out at boot
     */
    readonly features?: readonly ImageFeature[];
    /**
     * The root file system is in a LUKS container on the image, LUKS1 or LUKS2.
     * `'passphrase'`: somebody types a passphrase at the console, in 3 tries; `{ tries: 5 }` for
     * another number, 1 to 10. `{ keyFile: 'desk1.key' }`: the boot has the key, from this file of the
     * machine that runs rbdboot; a relative path starts at the configuration file. Whoever can fetch
     * the initrd, or with a shared one the host's archive, has the key then. `'crypttab'`:
     * cryptsetup-initramfs opens it, by the target `root` in the root's own /etc/crypttab.
     *
     * @defaultValue none: the file system is on the image itself
     */
    readonly luks?: LuksText;
    /**
     * What the machine does when its boot fails, after it has shown why on every console.
     * `{ reboot: '60s' }`: waits so long for somebody to read it (1 s to 24 h), then tries again.
     * `'halt'`: stops there. `'shell'`: opens a root shell on the console, without a password; `exit`
     * reboots. The kernel and the initramfs do the same when they fail: it becomes `panic=` on the
     * kernel command line, and a default in the initrd for a command line without it.
     *
     * @defaultValue `{ reboot: '60s' }`
     */
    readonly onFailure?: FailurePolicyText;
    /**
     * Mounts a directory of CephFS as `/boot` of the real system, in the place of that of the image:
     * `{ cephfs: 'cephfs', path: '/hosts/desk1' }`. The boot server reads the same directory, so the
     * machine boots next what it installs. Not with `initrd: 'shared'`.
     *
     * @defaultValue the `/boot` of the image; kernel and initrd are copied to the boot server by hand
     */
    readonly bootDirectory?: BootDirectorySpec;
    /**
     * A plan of your own, made of typed steps, in place of the standard one. What it returns says
     * that it ends with a mounted root.
     *
     * @defaultValue `standardPlan`: every step that the other keys of the host ask for
     */
    readonly plan?: PlanAuthor;
}

/** An address that a machine always has. No DHCP server need know of it. */
export interface StaticAddressSpec {
    /** With the length of the prefix: `10.0.0.5/24`, `fd00::5/64`. */
    readonly ip: string;
    /**
     * The router to other networks, in the same network: `10.0.0.1`, `fd00::1`, `fe80::1`.
     *
     * @defaultValue none; with IPv6, the router that announces itself
     */
    readonly gateway?: string;
}

/** NICs that act as one, which has the address `mac` and goes on when one of them loses its link. */
export interface BondSpec {
    /**
     * `'active-backup'`: one NIC at a time, with any switch. `'802.3ad'`: all at once, with ports of
     * the switch that are set up for LACP and let the machine boot from one of them meanwhile.
     */
    readonly mode: 'active-backup' | '802.3ad';
    /** The MAC addresses of all its NICs, `mac` among them. */
    readonly nics: readonly string[];
}

/** A directory of CephFS that one machine mounts as `/boot`. */
export interface BootDirectorySpec {
    /** The name of the file system, as `ceph fs ls` prints it: `cephfs`. */
    readonly cephfs: string;
    /** The directory, from the root of the file system: `/hosts/desk1`. No other host has it. */
    readonly path: string;
    /**
     * The CephX user that mounts it, without the `client.`; best one that may do nothing else:
     * `ceph fs authorize cephfs client.boot-desk1 /hosts/desk1 rw`.
     *
     * @defaultValue the `client` of the host
     */
    readonly client?: string;
    /**
     * The keyring file with the key of that user, as in `cluster.keyring`.
     *
     * @defaultValue `cluster.keyring`, and else `/etc/ceph/ceph.client.<client>.keyring`
     */
    readonly keyring?: string;
}
