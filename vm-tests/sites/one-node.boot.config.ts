// A machine of a cluster with one monitor, which a scenario starts for it.
import { defineBoot } from 'rbdboot';
import { inQemu } from './in-qemu.ts';

export default defineBoot({
    cluster: {
        fsid: '3c1c6c2e-52a2-4ef7-9d3b-0c1f4f2d7a01',
        monitors: ['10.77.0.211'],
        client: 'one-node',
    },
    hosts: {
        desk1: {
            mac: '52:54:00:12:49:04',
            image: 'rbd/one-node/desk1',
            filesystem: 'ext4',
            address: 'lease',
            // Over before a machine that waits has said so for the second time.
            mapOptions: { mount_timeout: '30s', lock_timeout: '60s' },
            ...inQemu,
        },
    },
});
