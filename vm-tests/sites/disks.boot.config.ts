// Roots that are not where they are looked for first, or not as they should be: the names of the hosts
// say it. One initrd for all.
import { defineBoot } from 'rbdboot';
import desk from '../../examples/desk/boot.config.ts';

/** A disk of the machine itself is one more place where a root could be looked for. */
const common = {
    filesystem: 'ext4',
    nicModules: ['virtio_pci', 'virtio_net', 'virtio_blk'],
    kernelArguments: ['console=ttyS0,115200'],
} as const;

export default defineBoot({
    cluster: { ...desk.cluster, client: 'disks' },
    initrd: 'shared',
    hosts: {
        partition: {
            ...common,
            mac: '52:54:00:12:42:01',
            image: 'rbd/disks/partition',
            partition: 2,
        },
        label: {
            ...common,
            mac: '52:54:00:12:42:02',
            image: 'rbd/disks/label',
            root: 'LABEL=system',
        },
        partuuid: {
            ...common,
            mac: '52:54:00:12:42:03',
            image: 'rbd/disks/partuuid',
            root: 'PARTUUID=5b1d3ca4-7c1e-4d55-9d2f-000000000002',
        },
        stock: {
            ...common,
            mac: '52:54:00:12:42:09',
            image: 'rbd/disks/stock',
            root: 'LABEL=system',
        },
        missing: {
            ...common,
            mac: '52:54:00:12:42:04',
            image: 'rbd/disks/missing',
            root: 'UUID=00000000-0000-4000-8000-000000000000',
        },
        other: { ...common, mac: '52:54:00:12:42:05', image: 'rbd/disks/other' },
        dirty: { ...common, mac: '52:54:00:12:42:06', image: 'rbd/disks/dirty' },
        broken: { ...common, mac: '52:54:00:12:42:07', image: 'rbd/disks/broken' },
        panics: { ...common, mac: '52:54:00:12:42:0a', image: 'rbd/disks/panics' },
        'no-init': { ...common, mac: '52:54:00:12:42:08', image: 'rbd/disks/no-init' },
    },
});
