import type { Code } from './catalogue.ts';

/** What stands behind a code, longer than a message has room for. */
export interface Explanation {
    /** What it means, and what usually leads to it. */
    readonly why: string;
    /** What to do, step by step if there is more than one. */
    readonly cure: string;
}

/** One entry a code. `rbdboot explain CODE` prints it, and the reference page of the codes is made of it. */
export const explanations: { readonly [Key in Code]: Explanation } = Object.freeze({
    RB101: {
        why: 'The file named with --config, or boot.config.ts in the working directory, is not there or cannot be opened.',
        cure: 'Name the file with --config, and look at its permissions.',
    },
    RB102: {
        why: 'The configuration is the default export of the file, and there is none, or it is no object.',
        cure: 'Write "export default defineBoot({ ... })".',
    },
    RB103: {
        why: 'The file is a program, and it threw an error: the message is its own.',
        cure: 'Correct the line that the message names.',
    },
    RB104: {
        why: 'A key is misspelt, or belongs somewhere else.',
        cure: 'Correct it as the message proposes; an editor with TypeScript shows which keys there are.',
    },
    RB105: {
        why: 'The key has no default that could be right for every site.',
        cure: 'Add it at the place that the message names.',
    },
    RB106: {
        why: 'The value is of another type, a number where a text belongs for instance.',
        cure: 'Write it as the message says.',
    },
    RB107: {
        why: 'The value has the right type, but it would not work: the reason stands behind it.',
        cure: 'Correct it as the reason says.',
    },
    RB108: {
        why: 'iPXE and the boot script find a machine by its MAC address: with two owners, one of them boots as the other.',
        cure: 'Write the address of each machine; "ip link" shows it, and most firmware does too.',
    },
    RB109: {
        why: 'Two machines that write to one file system destroy it, so each has an image of its own.',
        cure: 'Make an image for each machine: "rbd clone" of one snapshot takes no space at first.',
    },
    RB110: {
        why: 'The name after --host is none of the keys under "hosts".',
        cure: 'Use one of the names that the message lists.',
    },
    RB111: {
        why: '"rbdboot explain" takes a code, the name of a step, or FILE:LINE of an emitted script.',
        cure: 'Copy the code from the message: it looks like RB204.',
    },
    RB112: {
        why: 'The way back from a line to the configuration is kept in a file beside what was written, and it is not there.',
        cure: 'Name the script where it was installed or generated, not a copy of it.',
    },
    RB113: {
        why: 'The kernel refuses a map string with an option that it does not know, so the machine would not boot. "kernel" says which kernel it boots.',
        cure: 'Leave the option out, or boot a newer kernel and correct "kernel".',
    },
    RB114: {
        why: 'Ceph makes keys of type aes256k by default since 2026, and kernels before 7.0 know the type aes alone.',
        cure: 'Make a key of the old type with "ceph auth get-or-create --key-type=aes", or boot Linux 7.0 and correct "kernel".',
    },
    RB115: {
        why: 'Monitors answer messenger 1 on port 6789 and messenger 2 on port 3300. Asked in the wrong one, they are silent, and the boot fails after a minute.',
        cure: 'Use port 6789 without "ms_mode" (or with "legacy"), and port 3300 with any other "ms_mode".',
    },
    RB116: {
        why: 'rbdboot maps with a lock, so that no second machine can write to the image, and the lock is a feature of the image.',
        cure: 'Run "rbd feature enable IMAGE exclusive-lock", and add it to "features".',
    },
    RB117: {
        why: 'The kernel refuses an image with a feature that it does not know. Ceph itself knows more features than the kernel.',
        cure: 'Run "rbd feature disable IMAGE FEATURE", or boot a newer kernel and correct "kernel".',
    },
    RB118: {
        why: 'The kernel has room for 31 addresses and refuses a longer list.',
        cure: 'List some of the monitors: it learns of the others from the first that answers.',
    },
    RB119: {
        why: 'Monitors, options and names go to the kernel in one line, for which it has one page of memory.',
        cure: 'Shorten the names of pool, namespace and image, or the list of monitors.',
    },
    RB120: {
        why: 'A token stands for what a step has done in one plan. In another plan nothing of it has happened.',
        cure: 'Record the step in this plan too, and use the token that this gives.',
    },
    RB121: {
        why: 'Steps before and after the root is mounted are two scripts, and shell variables do not go from one to the other.',
        cure: 'Record the step in the same phase as the one whose token it takes.',
    },
    RB122: {
        why: 'A step has undone what the token stood for, as unmapping does to a device.',
        cure: 'Record the step before the one that ends the token.',
    },
    RB123: {
        why: 'The function under "plan" threw an error: the message is its own.',
        cure: 'Correct the line that the message names.',
    },
    RB124: {
        why: 'The kernel keeps 2,048 bytes of its command line and drops the rest without a word, in the middle of an argument.',
        cure: 'Put what is not for the kernel or the initramfs into files of the image.',
    },
    RB125: {
        why: 'rbdboot edits a configuration only where it sees the hosts as plain entries of an object: not behind a spread, a call, an import or a computed name.',
        cure: 'Paste the text of the message at the right place by hand.',
    },
    RB126: {
        why: 'Each name stands for one machine.',
        cure: 'Use another name, or change the host that is there with "rbdboot host set".',
    },
    RB127: {
        why: 'Packets for the address would reach one machine at one time and the other at another: both lose their roots.',
        cure: 'Give each machine an address of its own.',
    },
    RB128: {
        why: 'The machine could not send a packet to any monitor: its address is of the other family, it has no gateway to their network, or it is one of another VLAN.',
        cure: 'Give it an address of the family of the monitors, with a gateway unless they are in its own network. iPXE leases its address outside of the VLAN: with "vlan" write address: \'dhcp\', or an address of the VLAN.',
    },
    RB131: {
        why: 'Each setting is fine alone, but no boot can follow both: the message names them.',
        cure: 'Remove or change one of them, as the message proposes.',
    },
    RB132: {
        why: 'A snapshot cannot be written to, and most systems fail on a root that they cannot write to.',
        cure: 'Write "overlay: true": the machine then writes into its memory, and forgets that at the next boot. For a system that is made to run read-only, write "overlay: false".',
    },
    RB133: {
        why: '"onFailure" becomes panic= on the kernel command line, which the kernel, the initramfs and the boot script follow alike. A second panic= among "kernelArguments" would win without a word.',
        cure: 'Take it out of "kernelArguments", and say what you want with "onFailure".',
    },
    RB135: {
        why: '"acceptRbdroot" lets the kernel command line say which image is mounted. An initrd of one host has its image baked in.',
        cure: "Write initrd: 'shared', or leave acceptRbdroot out and describe the host in the configuration.",
    },
    RB136: {
        why: 'iPXE finds a machine by its UUID where it does not find it by the MAC address: with two owners, one of them boots as the other.',
        cure: 'Write what "cat /sys/class/dmi/id/product_uuid" prints on each. Some makers give the same one to many machines: leave "uuid" out there.',
    },
    RB137: {
        why: 'Kernel and initrd of a machine are in its boot directory: whoever writes there decides what the machine runs, and reads the keys in its initrd. Each machine has one for itself, and none lies in another.',
        cure: 'Write a directory for each machine, as /hosts/desk1, and give its client caps for that one alone.',
    },
    RB140: {
        why: "With initrd: 'shared' the boot scripts are the same for every host: what is baked into them cannot differ.",
        cure: 'Make it the same for all hosts, or give each host an initrd of its own.',
    },

    RB201: {
        why: 'The module is not in the initrd, or the initrd was made for another version of the kernel than the one that runs.',
        cure: 'Run "update-initramfs -u" in the root, and put the kernel and the initrd of the same version on the boot server.',
    },
    RB202: {
        why: 'The machine has another NIC than the configuration says, or the driver of that NIC is not in the initrd: the message lists what is there.',
        cure: 'Correct "mac", or add the driver to "nicModules" (or leave "nicModules" out: all drivers go in then). Then "rbdboot install" and "update-initramfs -u" in the root.',
    },
    RB203: {
        why: 'What the boot loader handed over under this name does not have the form that it must have. It is not used.',
        cure: 'Write the iPXE scripts anew with "rbdboot ipxe", and look what the boot server really serves.',
    },
    RB204: {
        why: 'The client does not exist in the cluster, or its key there is another one; a monitor does not say which.',
        cure: 'Compare "ceph auth get client.NAME" with /etc/ceph/ceph.client.NAME.keyring in the root. Put the right key in with "rbdboot install", run "update-initramfs -u" in the root, and put the new initrd on the boot server.',
    },
    RB205: {
        why: 'No monitor could be reached within 60 seconds: they are down, on another network, behind a firewall, or listen on another port. A monitor of messenger 2 (port 3300) is understood with an ms_mode in mapOptions only.',
        cure: 'From a machine on the same network: "nc -vz ADDRESS 6789". Compare "monitors" with what "ceph mon dump" prints.',
    },
    RB206: {
        why: 'The cluster was reached and the key is right, but there is no such pool, namespace or image.',
        cure: 'Correct "image", or create what is missing: "rbd ls POOL/NAMESPACE" lists what is there.',
    },
    RB207: {
        why: "The client lacks caps. A boot that worked until a power cut lacks mon 'profile rbd': without it a client may not break its own stale lock.",
        cure: 'Run the "ceph auth caps" command of the message on the cluster. It replaces all caps that the client has: for a clone, whose parent is in another pool or namespace, add "profile rbd-read-only" for that place, and for an image with a data pool "profile rbd" for that pool.',
    },
    RB208: {
        why: 'Another client has the image open with its lock. That is what keeps two machines from destroying one file system.',
        cure: '"rbd status IMAGE" names the address of the other client. Shut it down, or give this machine an image of its own.',
    },
    RB209: {
        why: 'The kernel gave another error: it stands in the message, and what the kernel logged stands at the end of the report.',
        cure: 'Read the last lines of the report. Features that this kernel does not know are taken from an image with "rbd feature disable".',
    },
    RB210: {
        why: 'The write to /sys/bus/rbd succeeded, but sysfs shows no such device, or /dev has no node for it.',
        cure: 'Read the last lines of the report: what the kernel says of rbd.',
    },
    RB211: {
        why: 'No answer came within 60 seconds: no link, another VLAN, or a server that does not know the machine.',
        cure: 'Look at the log of the DHCP server for the MAC address of the message.',
    },
    RB212: {
        why: 'The kernel does not take the address, the route, or the NIC cannot be brought up.',
        cure: 'Compare the address and the netmask with what the DHCP server leases; for what its driver says, boot once with panic= on the kernel command line, and run "dmesg" in the shell that it opens.',
    },
    RB213: {
        why: 'The program keyctl could not add the key: the keyring file is not of the form that "rbdboot install" writes.',
        cure: 'Run "rbdboot install" and "update-initramfs -u" in the root again.',
    },
    RB214: {
        why: 'The initrd was made without the keyring file, or the file was removed from the root before.',
        cure: 'Run "rbdboot install" and "update-initramfs -u" in the root again.',
    },
    RB215: {
        why: 'An image of the same name was mapped, but in another cluster than the configuration says. It is not mounted.',
        cure: 'Correct "monitors" or "fsid"; "ceph fsid" prints the right one.',
    },
    RB216: {
        why: 'The initrd is made for several machines and learns at boot which one it runs on, but nothing told it.',
        cure: 'Let the iPXE script load the host archive as a second initrd, or put rbdboot.NAME=VALUE on the kernel command line.',
    },
    RB217: {
        why: 'The kernel refused to make the bond or the VLAN, or to have a NIC join it. The drivers of some NICs cannot do either.',
        cure: 'For what the drivers say, boot once with panic= on the kernel command line, and run "dmesg" in the shell that it opens. On a running system "ip link add link NIC name test type vlan id 7" shows whether the NIC can do it.',
    },
    RB218: {
        why: 'Each NIC has a longest packet, for many 9,000 bytes and for some 1,500: its driver refuses a larger MTU.',
        cure: 'Lower "mtu", and have the same at the switch: "ip -d link show NIC" on a running system prints the largest as "maxmtu".',
    },
    RB219: {
        why: 'The kernel asked the network whether anybody has the IPv6 address before it used it (duplicate address detection, RFC 4862), and somebody has.',
        cure: 'Find the other machine: "ip neigh" on a third one shows its MAC address. Give one of the two another address.',
    },
    RB220: {
        why: 'Somebody has mapped the image without "exclusive", as "rbd map" and older boot scripts do, or has it open in a virtual machine. Such a client gives its lock to whoever asks for it; if this machine kept that, the writes of the other one would fail. So this machine gave the lock back and stopped.',
        cure: '"rbd status IMAGE" lists who has it open. Run "rbd unmap" there or shut that machine down, or give this machine an image of its own.',
    },
    RB221: {
        why: 'Monitors answer messenger 1 on port 6789 and messenger 2 on port 3300, and "ms_mode" says which one this machine speaks, and whether it encrypts. A cluster can insist on encryption.',
        cure: 'Use port 6789 without "ms_mode", and port 3300 with one. "ceph mon dump" prints the ports, "ceph config get mon ms_mon_service_mode" the modes that monitors allow.',
    },
    RB222: {
        why: 'The image is mapped once to see whether another client uses it, and let go of again. Something in the initramfs opened it in between and does not close it.',
        cure: 'Look in /sys/block/rbd0/holders for what it is. Keep LVM, mdadm and the like from assembling what they find on RBD devices in the initramfs.',
    },
    RB223: {
        why: 'The kernel got no key, or one that it cannot read: it was removed from the keyring of the kernel in between, or is of a type that came with a later kernel (aes256k, Linux 7.0).',
        cure: 'Compare the keyring file with what "ceph auth get client.NAME" prints. "ceph auth get-or-create --key-type=aes" makes a key that every kernel can read.',
    },
    RB224: {
        why: 'An administrator, or a program that fences machines, has put the address of this machine on the blocklist of the OSDs, so that it can write no more.',
        cure: 'Find out why. "ceph osd blocklist ls" lists the entries with their end, "ceph osd blocklist rm ENTRY" takes one out.',
    },
    RB225: {
        why: 'The image was mapped, but it has no partition of that number, or nothing on it has that UUID, label or PARTUUID. The lines "blkid" of the report say what is on it. Other disks of the machine do not count.',
        cure: 'Correct "partition" or "root", or leave both out if the file system is on the whole image; then "rbdboot install" and "update-initramfs -u" in the root, or "rbdboot ipxe" for a host with a shared initrd.',
    },
    RB226: {
        why: 'The image was mapped, but what blkid finds on it is not the file system of the configuration: another image, another file system, a partition table, or an image that nothing was put on yet. The lines "blkid" of the report say what is there. Nothing is mounted.',
        cure: 'Correct "filesystem" or "image", or say with "partition" or "root" where on the image the root is; then "rbdboot install" and "update-initramfs -u" in the root.',
    },
    RB227: {
        why: 'The root was not mounted cleanly or has errors, and e2fsck does not mend them without being asked (exit code 4, or 8 if it could not work at all). The lines "e2fsck" of the report are its last words. Mounted all the same, the damage would spread.',
        cure: 'On another machine, while this one is off: "rbd map IMAGE", "e2fsck -f" of the device, "rbd unmap" of it. Or boot once with fsck.repair=yes on the kernel command line, which answers each question of e2fsck with yes; take a snapshot before.',
    },
    RB228: {
        why: 'The root is mounted read-only, but the tmpfs or the overlay over it is not: the kernel and the initrd are not of one version, or the machine has too little memory.',
        cure: 'Serve the kernel and the initrd of one version. For what the kernel says of overlayfs and tmpfs, boot once with panic= on the kernel command line, and run "dmesg" in the shell that it opens.',
    },
    RB229: {
        why: 'Two partitions of the image have the same label or UUID, as after a copy of one to the other: which of them is the root cannot be told.',
        cure: 'Write "partition", or look for the root by its PARTUUID, which no two partitions have in common; or relabel one of them.',
    },
    RB230: {
        why: 'The configuration says that the root is in a LUKS container, and the image begins with something else: another image, a partition table, or a file system that was never encrypted.',
        cure: 'Correct "image", or leave "luks" out; "cryptsetup luksFormat" makes a container, and destroys what is there.',
    },
    RB231: {
        why: 'None of the key slots in the header opens with what was typed, or with the key of the initrd. Nothing was written: a wrong key leaves the header as it is.',
        cure: 'Try again, and mind the keyboard layout: the initrd has that of the root if console-setup is in it. Another key slot can be added on a machine that has the image mapped: "cryptsetup luksAddKey".',
    },
    RB232: {
        why: 'The program cryptsetup failed before any key mattered, or the kernel could not set the container up: a damaged header, a cipher whose module is not in the initrd, or too little memory for the key derivation (Argon2 takes up to 1 GB, as the header says).',
        cure: 'Look at what cryptsetup says in the report, and at the header with "cryptsetup luksDump".',
    },
    RB233: {
        why: '"luks" names a key file, and the key is not where the boot script looks for it.',
        cure: 'Run "rbdboot install" and "update-initramfs -u" again or, with a shared initrd, "rbdboot ipxe", and let the host load its archive.',
    },
    RB234: {
        why: 'With luks: \'crypttab\' the scripts of cryptsetup-initramfs open the container, by what their hook took from /etc/crypttab when the initrd was made: targets with the option "initramfs", and the root where the hook can see it, which in a chroot it cannot.',
        cure: 'Write the target "root" with the option "initramfs" into /etc/crypttab, and run "update-initramfs -u".',
    },
    RB235: {
        why: 'With acceptRbdroot, the machine reads rbdroot= and root=rbd: as older boot scripts have them, and one of the fields does not look as it must. It is not used, and not shown, since it may hold a key.',
        cure: 'Write it as rbdroot=MONITOR[,MONITOR..]:CLIENT:KEY:POOL:IMAGE:: with ";" before a port, or leave it out: the host archive of "rbdboot ipxe" says the same without a key on the command line.',
    },
    RB236: {
        why: 'The argument names a cluster, a partition, mount options or a second image that the initrd is not made for. Older boot scripts took all of these from the command line; here they stand in the configuration, where they are checked.',
        cure: 'Write them into the configuration as the message says, and make the initrd anew with "rbdboot install" and "update-initramfs -u" in the root.',
    },
    RB237: {
        why: 'Every user of the machine can read /proc/cmdline, the kernel prints it on the console, and the boot server hands it to whoever asks. The machine boots all the same: this is a warning.',
        cure: 'Put the key into the host archive with "rbdboot ipxe", take it out of rbdroot= (a word "secret" in its place is fine), then give the client a new key: "ceph auth rm client.NAME" and "ceph auth get-or-create client.NAME ...".',
    },
    RB242: {
        why: 'A process outlived the kill at the end of a shutdown, or something of the kernel still uses a file, so the image could not be unmounted and unmapped. The machine ends all the same; it keeps the lock.',
        cure: 'Look at what the message names, and let its unit end it. The next boot takes the lock back by itself, about 30 s later than usual.',
    },
    RB243: {
        why: 'Unmounting or unmapping took longer than a minute: the cluster did not answer, or the network was gone. What was not written by then is lost, as with a power cut. The machine ends all the same.',
        cure: 'Look at the cluster with "ceph -s", and at what takes the network down at shutdown. The next boot takes the lock back by itself, about 30 s later than usual.',
    },
    RB244: {
        why: 'Who maps an image to write to it tells its pool so, and that is a write. While the pool or the whole cluster is full, or the quota of the pool is used up, the kernel keeps such a write back, for ever and without an error. This is no failure: the boot goes on when there is room. The message comes again each minute.',
        cure: '"ceph health detail" names what is full, "ceph osd df" shows how full each OSD is, "ceph osd pool get-quota POOL" whether there is a quota: raise that, add OSDs, or delete what is not needed. In a full pool nothing can be deleted either: "ceph osd set-full-ratio 0.97" gives room for that; set it back to 0.95 afterwards.',
    },
    RB245: {
        why: 'The OSDs that have the image do not answer: they are down, the cluster is paused, or the network lets this machine reach the monitors and not the OSDs. The kernel waits for an OSD for ever and gives no error, whatever "mount_timeout" says: when it maps the image, and when blkid, e2fsck or cryptsetup reads it. Of a read that is said once requests are in flight and none was done for a minute, so a long check of a large file system is none. This is no failure: the boot goes on when an OSD answers. The message comes again each minute.',
        cure: '"ceph health detail" names OSDs that are down, placement groups that are not active, a pool that is full, and flags such as "pauserd,pausewr": start the OSDs, make room, or run "ceph osd unpause". If all is well there, look at the network: each OSD listens on ports from 6800 to 7300 at the address in "ceph osd dump", and a packet as large as the MTU has to get there.',
    },

    RB301: {
        why: 'The directory named with --root is not there, or is no directory.',
        cure: 'Mount the root of the machine there first.',
    },
    RB302: {
        why: 'The directory is no system with initramfs-tools, or not the root of one.',
        cure: 'Run "chroot DIR apt-get install initramfs-tools".',
    },
    RB303: {
        why: 'The keyring is not there, cannot be read, has no entry for the client, or its key is damaged.',
        cure: 'Write it with "ceph auth get client.NAME -o FILE", and name it under "keyring" or with --keyring.',
    },
    RB304: {
        why: 'A file is where one of ours should go, and rbdboot did not write it, or it was changed since.',
        cure: 'Look at it. --force replaces it and keeps a copy, which "rbdboot uninstall" brings back.',
    },
    RB305: {
        why: 'The disk is full, the file system is read-only, or permissions forbid it. Everything is as it was before.',
        cure: 'Remove the cause, which the message names, and run the command again.',
    },
    RB306: {
        why: 'The initrd needs a program that this system does not have.',
        cure: 'Install the package that the message names.',
    },
    RB307: {
        why: 'There is no record of an installation in this directory.',
        cure: 'Look whether --root names the right directory.',
    },
    RB308: {
        why: 'Two runs at once could leave a mixture of both.',
        cure: 'Wait for the other one; the message has its process id.',
    },
    RB309: {
        why: 'The record under var/lib/rbdboot cannot be read, so it is not known which files are ours.',
        cure: 'Restore it from a backup, or remove it and install with --force.',
    },
    RB310: {
        why: 'A run was killed in the middle. The next run that may write puts everything back first.',
        cure: 'Run the command without --dry-run.',
    },
    RB311: {
        why: 'The line of / has no _netdev. Programs that ask whether the root needs the network, as systemd-networkd of systemd 257 does, look for that option and find a local disk otherwise.',
        cure: 'Add _netdev to the options of / in etc/fstab of the root, as the message writes it.',
    },
    RB312: {
        why: 'When root is mounted, a boot script of dropbear-initramfs takes every NIC down and flushes its addresses. With the root behind a NIC, the machine hangs there.',
        cure: 'Run "echo IFDOWN=none >> /etc/dropbear/initramfs/dropbear.conf" in the root, then "update-initramfs -u".',
    },
    RB313: {
        why: 'When root is mounted, a boot script of clevis-initramfs takes every NIC down and flushes its addresses, and no setting keeps it from that. With the root behind a NIC, the machine hangs there.',
        cure: 'Put a copy of the script without that part into /etc/initramfs-tools, where it takes the place of the package\'s: the message has the command. Then "update-initramfs -u".',
    },
    RB317: {
        why: '"rbdboot ipxe" was told to serve a kernel and an initrd, and one of the two was not named, or cannot be read. Modules in the initrd fit one kernel only, so they are served and kept as a pair.',
        cure: 'Name both, as --kernel /boot/vmlinuz-VERSION --initrd /boot/initrd.img-VERSION, and run the command as one who may read them.',
    },
    RB315: {
        why: "What differs between releases (programs of the initrd, modules, the kernel's messages) was looked into for those that the message names.",
        cure: 'Boot one machine with it, in the lab or in the rack, before others depend on it.',
    },
    RB316: {
        why: 'A part of initramfs-tools is installed, but update-initramfs is that of dracut, which runs other hooks. The initrd would come without any of our files.',
        cure: 'Run "chroot DIR apt-get install initramfs-tools dracut-", which replaces dracut.',
    },
    RB314: {
        why: 'The boot server reads kernel and initrd from the boot directory in CephFS. A kernel or an initrd was made or removed, but /boot is not mounted, or no kernel in it has an initrd: the machine would boot the ones it booted before, or none.',
        cure: 'Mount it, with "systemctl start boot.mount" on the machine or by hand in a chroot, then run "update-initramfs -c -k all".',
    },
    RB319: {
        why: 'With luks: \'crypttab\' the root is /dev/mapper/root, which the scripts of cryptsetup-initramfs make of the target "root" in /etc/crypttab. In a chroot their hook takes targets with the option "initramfs" only.',
        cure: 'Write the line that the message shows, with the UUID that "blkid" prints of the image.',
    },
    RB320: {
        why: '"keyFile" of a host names a file that is not there, is empty, or is too large for a key.',
        cure: 'Correct the name, or make a key: it is all bytes of the file, a newline at its end included.',
    },
    RB321: {
        why: '"rbdboot vm-test" makes an image as the configuration describes it, and none can be made so: a label that is longer than its file system takes, a UUID of another form, a subvolume by a high number, or machines of two families of addresses in one run.',
        cure: 'The hint says whether the value is wrong or the lab too small. What is right and cannot be made here is for the machine itself to show.',
    },
});
