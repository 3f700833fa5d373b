import { defineBoot } from 'rbdboot';

/** Hosts that reach the cluster by more than a NIC with a lease. */
export default defineBoot({
    cluster: {
        fsid: '7b0c5c1e-6f0f-4a5e-9f55-0d4c3b1a2e90',
        monitors: ['10.77.0.10', '[fd00:77::11]:6790'],
        client: 'desks',
    },
    hosts: {
        static4: {
            mac: '52:54:00:12:34:11',
            image: 'rbd/rack/static4',
            filesystem: 'ext4',
            address: { ip: '10.77.0.31/24', gateway: '10.77.0.1' },
            mtu: 9000,
        },
        // Written as people write it; the machine gets it in the shortest form.
        static6: {
            mac: '52:54:00:12:34:12',
            image: 'rbd/rack/static6',
            filesystem: 'ext4',
            address: { ip: 'FD00:77:0:0::0031/64', gateway: 'fe80::1' },
        },
        bonded: {
            mac: '52:54:00:12:34:13',
            image: 'rbd/rack/bonded',
            filesystem: 'ext4',
            address: 'dhcp',
            mtu: 9000,
            vlan: 7,
            bond: { mode: 'active-backup', nics: ['52:54:00:12:34:14', '52:54:00:12:34:13'] },
        },
    },
});
