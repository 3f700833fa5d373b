// Machines that reach the cluster by more than a lease on one NIC. One initrd for all, so that each
// of them gets its settings from its host archive.
import { defineBoot } from 'rbdboot';
import desk from '../../examples/desk/boot.config.ts';

const common = {
    filesystem: 'ext4',
    // e100 is for a card of 1995, which cannot do what later ones can.
    nicModules: ['virtio_pci', 'virtio_net', 'e100'],
    kernelArguments: ['console=ttyS0,115200'],
    mapOptions: { mount_timeout: '30s' },
} as const;

export default defineBoot({
    cluster: { ...desk.cluster, client: 'network' },
    initrd: 'shared',
    hosts: {
        static: {
            ...common,
            mac: '52:54:00:12:40:01',
            image: 'rbd/network/static',
            address: { ip: '10.77.0.31/24', gateway: '10.77.0.1' },
        },
        jumbo: { ...common, mac: '52:54:00:12:40:02', image: 'rbd/network/jumbo', mtu: 9000 },
        vlan: {
            ...common,
            mac: '52:54:00:12:40:03',
            image: 'rbd/network/vlan',
            address: 'dhcp',
            vlan: 7,
        },
        bond: {
            ...common,
            mac: '52:54:00:12:40:04',
            image: 'rbd/network/bond',
            address: { ip: '10.77.0.34/24' },
            bond: { mode: 'active-backup', nics: ['52:54:00:12:40:04', '52:54:00:12:40:14'] },
        },
        // A MAC address that is another text in upper case.
        letters: { ...common, mac: '52:54:00:12:40:ab', image: 'rbd/network/letters' },
        late: { ...common, mac: '52:54:00:12:40:05', image: 'rbd/network/late' },
    },
});
