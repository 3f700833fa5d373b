import { defineBoot } from 'rbdboot';

export default defineBoot({
    cluster: {
        fsid: '7b0c5c1e-6f0f-4a5e-9f55-0d4c3b1a2e90',
        monitors: ['10.77.0.10'],
        client: 'desks',
    },
    hosts: {
        desk1: {
            mac: '52:54:00:12:34:01',
            image: 'rbd/hosts/desk1',
            filesystem: 'ext4',
            address: 'lease',
            nicModules: ['virtio_pci', 'virtio_net'],
            kernelArguments: ['console=ttyS0,115200'],
        },
    },
});
