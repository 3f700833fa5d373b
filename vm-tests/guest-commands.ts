// What a person types at a machine that is up.

/** Writes 1 MB to the root, and is over when the cluster has it. */
export const write =
    'dd if=/dev/urandom of=/root/proof bs=64k count=16 conv=fsync status=none && sync';

/** Waits until systemd-networkd says that the machine is online. @param nic Default: any. */
export function waitOnline(nic?: string): string {
    const words = ['/lib/systemd/systemd-networkd-wait-online', '--timeout=60'];
    return [...words, ...(nic === undefined ? [] : ['-i', nic])].join(' ');
}

/** What many an administrator has in a root: every NIC by DHCP, for systemd-networkd. */
export const everyNicByDhcp = String.raw`printf '[Match]\nName=en*\n[Network]\nDHCP=ipv4\n' > /etc/systemd/network/50-all.network`;
