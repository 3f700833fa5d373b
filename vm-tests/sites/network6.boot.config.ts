// A machine with an IPv6 address alone, on a cluster with IPv6 alone.
import { defineBoot } from 'rbdboot';
import desk from '../../examples/desk/boot.config.ts';
import { inQemu } from './in-qemu.ts';

export default defineBoot({
    cluster: { ...desk.cluster, monitors: ['[fd77::10]'], client: 'network6' },
    hosts: {
        six: {
            mac: '52:54:00:12:40:06',
            image: 'rbd/network6/six',
            filesystem: 'ext4',
            ...inQemu,
            address: { ip: 'fd77::36/64' },
        },
    },
});
