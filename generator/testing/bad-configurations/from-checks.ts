import { edit, goodConfiguration, host, image, mac, type Row, typed } from './row.ts';

const atKernel = (kernel: string, from: string, to: string) =>
    edit(typed(from, to), 'cluster:', `kernel: '${kernel}',\n    cluster:`);

const manyMonitors = Array.from({ length: 32 }, (_, index) => `'10.77.1.${index}'`)
    .join(', ')
    .replace("'10.77.1.31'", "▶'10.77.1.31'");

/** Each value is fine, and they do not go together. */
export const fromChecks: readonly Row[] = [
    [
        'an option that came after the kernel',
        atKernel('5.10', 'filesystem:', 'mapOptions: { ▶rxbounce: true }, filesystem:'),
        'RB113',
        'rxbounce came with Linux 5.17, and the kernel is 5.10',
    ],
    [
        'a messenger mode that came after the kernel',
        atKernel('5.10.0-30-amd64', "['10.77.0.10'],", "['10.77.0.10:3300'],").replace(
            'filesystem:',
            "mapOptions: { ▶ms_mode: 'secure' }, filesystem:",
        ),
        'RB113',
        'ms_mode came with Linux 5.11, and the kernel is 5.10',
    ],
    [
        'the port of messenger 2 for a client of messenger 1',
        typed("'10.77.0.10'", "▶'10.77.0.10:3300'"),
        'RB115',
        'desk1 talks messenger 1, and port 3300 of 10.77.0.10 answers messenger 2 alone',
    ],
    [
        'the port of messenger 1 for a client of messenger 2',
        typed('filesystem:', "mapOptions: { ms_mode: ▶'prefer-crc' }, filesystem:"),
        'RB115',
        'desk1 talks messenger 2, and port 6789 of 10.77.0.10 answers messenger 1 alone',
    ],
    [
        'a second word on what follows a failure',
        typed('filesystem:', "kernelArguments: ['quiet', ▶'panic=5'], filesystem:"),
        'RB133',
        'desk1 has "panic=5" among its kernel arguments, where "onFailure" puts a panic= already',
    ],
    [
        'an image without a lock',
        typed('filesystem:', "features: ▶['layering'], filesystem:"),
        'RB116',
        'the image of desk1 lacks the feature exclusive-lock, without which two machines could write to it',
    ],
    [
        'an image with a journal',
        typed('filesystem:', "features: ['exclusive-lock', ▶'journaling'], filesystem:"),
        'RB117',
        'the image of desk1 has the feature journaling: no kernel maps an image with it',
    ],
    [
        'an image that is too new for the kernel',
        atKernel('4.19', 'filesystem:', "features: ['exclusive-lock', ▶'object-map'], filesystem:"),
        'RB117',
        'the image of desk1 has the feature object-map: kernels map it since 5.3, and this one is 4.19',
    ],
    [
        'more monitors than the kernel takes',
        typed("'10.77.0.10'", manyMonitors),
        'RB118',
        '32 monitors are listed, and the kernel takes 31 at most',
    ],
    [
        'a map line of more than a page',
        typed(image, `▶'rbd/${'x'.repeat(4000)}'`),
        'RB119',
        'the line that maps the image of desk1 has 4103 bytes, and the kernel takes 4095',
    ],
    [
        'a kernel command line that would be cut off',
        typed('filesystem:', `kernelArguments: ▶['a=${'x'.repeat(1900)}'], filesystem:`),
        'RB124',
        'the kernel command line of desk1 has up to 2063 bytes, and 2000 are safe',
    ],
    [
        'a snapshot for a system that wants to write',
        typed(image, "▶'rbd/hosts/desk1@golden'"),
        'RB132',
        'desk1 boots from a snapshot and does not say what becomes of what it writes',
    ],
    [
        'an overlay over an image of its own',
        typed('filesystem:', 'overlay: ▶true, filesystem:'),
        'RB131',
        'desk1 writes to its image, and "overlay" would keep that from it',
    ],
    [
        'the lock of a snapshot',
        typed(
            'filesystem:',
            "overlay: true, mapOptions: { ▶lock_timeout: '2m' }, filesystem:",
        ).replace(image, "'rbd/desk1@v1'"),
        'RB131',
        'desk1 boots from a snapshot, which is mapped without a lock',
    ],
    [
        'the check of a snapshot',
        typed('filesystem:', "overlay: true, fsck: ▶'force', filesystem:").replace(
            image,
            "'rbd/desk1@v1'",
        ),
        'RB131',
        'the root of desk1 is a snapshot, which nothing can mend',
    ],
    [
        'a snapshot among images in a shared initrd',
        edit(
            typed(
                host,
                `${host}\n        desk2: { mac: '52:54:00:12:34:02', ▶image: 'rbd/2@v1', overlay: false, filesystem: 'ext4' },`,
            ),
            'cluster:',
            "initrd: 'shared',\n    cluster:",
        ),
        'RB140',
        'the initrd is shared by all hosts, and desk2 has a snapshot and desk1 an image',
    ],
    [
        'a root by number and by name',
        typed('filesystem:', "partition: 2, root: ▶'LABEL=root', filesystem:"),
        'RB131',
        'the root is partition 2, and it is also to be looked for by LABEL=root',
    ],
    [
        'a subvolume of a file system that has none',
        typed('filesystem:', "rootFlags: ['noatime', ▶'subvol=@'], filesystem:"),
        'RB131',
        'subvol=@ is an option of btrfs, and the root of desk1 is ext4',
    ],
    [
        'a check that no program makes',
        typed("filesystem: 'ext4'", "filesystem: 'xfs', fsck: ▶'force'"),
        'RB131',
        'the root of desk1 is xfs, which no program checks before it is mounted',
    ],
    [
        'one MAC address in two ways of writing',
        typed(
            host,
            `${host}\n        desk2: { mac: ▶${mac.replaceAll(':', '-').toUpperCase()}, image: 'rbd/2', filesystem: 'ext4' },`,
        ),
        'RB108',
        'hosts desk1 and desk2 both have the MAC address 52:54:00:12:34:01',
    ],
    [
        'older grammars for an initrd of one host',
        typed('cluster:', '▶acceptRbdroot: true,\n    cluster:'),
        'RB135',
        'acceptRbdroot is for an initrd that learns at boot which image to mount, and here each host has its own',
    ],
    [
        'one UUID for two hosts',
        typed(
            host,
            `desk1: { mac: ${mac}, uuid: '4C4C4544-0042-3510-8052-B4C04F4A4E32', image: ${image}, filesystem: 'ext4' },
        desk2: { mac: '52:54:00:12:34:02', uuid: ▶'4c4c4544-0042-3510-8052-b4c04f4a4e32', image: 'rbd/2', filesystem: 'ext4' },`,
        ),
        'RB136',
        'hosts desk1 and desk2 both have the UUID 4c4c4544-0042-3510-8052-b4c04f4a4e32',
    ],
    [
        'one static address for two hosts',
        typed(
            host,
            `desk1: { mac: ${mac}, address: { ip: '10.77.0.5/24' }, image: ${image}, filesystem: 'ext4' },
        desk2: { mac: '52:54:00:12:34:02', address: { ip: ▶'10.77.0.5/16' }, image: 'rbd/2', filesystem: 'ext4' },`,
        ),
        'RB127',
        'hosts desk1 and desk2 both have the address 10.77.0.5',
    ],
    [
        'IPv6 monitors for a host with a lease',
        edit(
            typed("'10.77.0.10'", "'[fd00::10]'"),
            'filesystem:',
            "address: ▶'lease', filesystem:",
        ),
        'RB128',
        'desk1 has an IPv4 address alone, and every monitor has an IPv6 address',
    ],
    [
        'IPv4 monitors for a host with an IPv6 address',
        typed('filesystem:', "address: ▶{ ip: 'fd00::5/64' }, filesystem:"),
        'RB128',
        'desk1 has an IPv6 address alone, and every monitor has an IPv4 address',
    ],
    [
        'monitors in a network without a way there',
        typed('filesystem:', "address: ▶{ ip: '10.78.0.5/24' }, filesystem:"),
        'RB128',
        'desk1 has no gateway, and no monitor is in the network of 10.78.0.5/24',
    ],
    [
        'a lease from outside of the VLAN',
        typed('filesystem:', 'vlan: ▶7, filesystem:'),
        'RB128',
        'desk1 would use the address that iPXE leases outside of VLAN 7 inside of it',
    ],
    [
        'one image twice, by a constant',
        `const image = ▶${image};\n${edit(goodConfiguration, host, "desk1: { mac: '52:54:00:12:34:01', image, filesystem: 'ext4' },\n        desk2: { mac: '52:54:00:12:34:02', image, filesystem: 'ext4' },")}`,
        'RB109',
        'hosts desk1 and desk2 would both write to the image rbd/hosts/desk1',
    ],
    [
        'one boot directory in another',
        typed(
            host,
            `desk1: { mac: ${mac}, image: ${image}, filesystem: 'ext4', bootDirectory: { cephfs: 'cephfs', path: ▶'/hosts/desk2/old' } },
        desk2: { mac: '52:54:00:12:34:02', image: 'rbd/2', filesystem: 'ext4', bootDirectory: { cephfs: 'cephfs', path: '/hosts/desk2/' } },`,
        ),
        'RB137',
        'the boot directory /hosts/desk2/old of desk1 is in /hosts/desk2, that of desk2',
    ],
    [
        'a boot directory where one initrd serves all',
        edit(
            typed(
                'filesystem:',
                "▶bootDirectory: { cephfs: 'cephfs', path: '/desk1' }, filesystem:",
            ),
            'hosts:',
            "initrd: 'shared',\n    hosts:",
        ),
        'RB140',
        'the initrd is shared by all hosts, and desk1 has a /boot with a kernel and an initrd of its own',
    ],
];
