// Machines whose names say which network manager their system starts with; one initrd serves them.
import { defineBoot } from 'rbdboot';
import desk from '../../examples/desk/boot.config.ts';
import { inQemu } from './in-qemu.ts';

const common = {
    filesystem: 'ext4',
    ...inQemu,
} as const;

export default defineBoot({
    cluster: { ...desk.cluster, client: 'system' },
    initrd: 'shared',
    hosts: {
        ifupdown: { ...common, mac: '52:54:00:12:45:01', image: 'rbd/system/ifupdown' },
        netplan: { ...common, mac: '52:54:00:12:45:02', image: 'rbd/system/netplan' },
        'network-manager': {
            ...common,
            mac: '52:54:00:12:45:03',
            image: 'rbd/system/network-manager',
        },
    },
});
