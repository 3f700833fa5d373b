// Machines of a cluster with three monitors, which a scenario starts for them.
import { defineBoot } from 'rbdboot';
import { inQemu } from './in-qemu.ts';

const common = {
    ...inQemu,
    filesystem: 'ext4',
    address: 'lease',
} as const;

export default defineBoot({
    cluster: {
        fsid: '3c1c6c2e-52a2-4ef7-9d3b-0c1f4f2d7a03',
        monitors: ['10.77.0.201', '10.77.0.202', '10.77.0.203'],
        client: 'three-nodes',
    },
    hosts: {
        desk1: { ...common, mac: '52:54:00:12:49:05', image: 'rbd/three-nodes/desk1' },
        // Begins anew when its root fails under it.
        'begins-anew': {
            ...common,
            mac: '52:54:00:12:49:06',
            image: 'rbd/three-nodes/begins-anew',
            rootFlags: ['errors=panic'],
            onFailure: { reboot: '5s' },
        },
    },
});
