// As many machines as have room at once, from one snapshot: what a rack is after its power came back.
import { defineBoot } from 'rbdboot';
import desk from '../../examples/desk/boot.config.ts';

const common = {
    image: 'rbd/golden/golden-plain@fresh',
    filesystem: 'ext4',
    overlay: { size: '200M' },
    nicModules: ['virtio_pci', 'virtio_net'],
    kernelArguments: ['console=ttyS0,115200'],
} as const;

export default defineBoot({
    cluster: { ...desk.cluster, client: 'rack' },
    initrd: 'shared',
    hosts: {
        node1: { ...common, mac: '52:54:00:12:48:01' },
        node2: { ...common, mac: '52:54:00:12:48:02' },
        node3: { ...common, mac: '52:54:00:12:48:03' },
        node4: { ...common, mac: '52:54:00:12:48:04' },
        node5: { ...common, mac: '52:54:00:12:48:05' },
        node6: { ...common, mac: '52:54:00:12:48:06' },
    },
});
