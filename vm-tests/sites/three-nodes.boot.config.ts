// A machine of a cluster with three monitors, which a scenario starts for it.
import { defineBoot } from 'rbdboot';
import { inQemu } from './in-qemu.ts';

export default defineBoot({
    cluster: {
        fsid: '3c1c6c2e-52a2-4ef7-9d3b-0c1f4f2d7a03',
        monitors: ['10.77.0.201', '10.77.0.202', '10.77.0.203'],
        client: 'three-nodes',
    },
    hosts: {
        desk1: {
            ...inQemu,
            mac: '52:54:00:12:49:05',
            image: 'rbd/three-nodes/desk1',
            filesystem: 'ext4',
            address: 'lease',
        },
    },
});
