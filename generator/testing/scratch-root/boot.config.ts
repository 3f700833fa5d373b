import { defineBoot } from 'rbdboot';

const nic = (number: number) => ({ mac: `52:54:00:12:34:0${number}` });

/** Hosts for what the reference example does not show. */
export default defineBoot({
    cluster: {
        fsid: '7b0c5c1e-6f0f-4a5e-9f55-0d4c3b1a2e90',
        monitors: ['10.77.0.10', '[fd00:77::11]:6790'],
        client: 'desks',
    },
    hosts: {
        // An image outside of any namespace; a MAC address as a sticker on the machine prints it.
        desk2: {
            mac: '52-54-00-AB-CD-EF',
            image: 'rbd/desk2',
            filesystem: 'ext4',
        },
        // A boot directory, with a client of its own.
        desk4: {
            mac: '52:54:00:12:45:04',
            image: 'rbd/hosts/desk4',
            filesystem: 'ext4',
            bootDirectory: { cephfs: 'cephfs', path: '/hosts/desk4', client: 'boot-desk4' },
        },
        // No hand-over, whatever the command line says; map options of its own.
        desk3: {
            mac: '52:54:00:12:34:03',
            image: 'rbd/hosts/desk3',
            filesystem: 'ext4',
            address: 'dhcp',
            mapOptions: { lock_timeout: '2m', queue_depth: 64, notrim: true },
        },
        // Machines that share a snapshot.
        golden: {
            ...nic(7),
            image: 'rbd/hosts/golden@v1',
            filesystem: 'ext4',
            overlay: { size: '512M' },
        },
        kiosk: {
            ...nic(8),
            image: 'rbd/golden@v1',
            filesystem: 'xfs',
            overlay: false,
            rootFlags: ['noatime'],
        },
        // The root is not the whole image.
        partition: { ...nic(9), image: 'rbd/hosts/disk', filesystem: 'ext4', partition: 2 },
        labelled: {
            ...nic(0),
            image: 'rbd/hosts/labelled',
            filesystem: 'ext4',
            root: 'LABEL=root',
        },
        forced: { ...nic(4), image: 'rbd/hosts/forced', filesystem: 'ext4', fsck: 'force' },
        unchecked: { ...nic(5), image: 'rbd/hosts/unchecked', filesystem: 'ext4', fsck: 'skip' },
        xfs: {
            ...nic(6),
            image: 'rbd/hosts/xfs',
            filesystem: 'xfs',
            rootFlags: ['noatime', 'logbufs=8'],
        },
        // Roots in LUKS containers.
        typed: {
            mac: '52:54:00:12:34:31',
            image: 'rbd/hosts/typed',
            filesystem: 'ext4',
            luks: 'passphrase',
        },
        keyed: {
            mac: '52:54:00:12:34:32',
            image: 'rbd/hosts/keyed',
            filesystem: 'ext4',
            luks: { keyFile: 'keyed.key' },
        },
        tabled: {
            mac: '52:54:00:12:34:33',
            image: 'rbd/hosts/tabled',
            filesystem: 'ext4',
            luks: 'crypttab',
        },
    },
});
