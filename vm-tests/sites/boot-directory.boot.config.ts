// A machine whose /boot is a directory of CephFS, which the boot server reads.
import { defineBoot } from 'rbdboot';
import desk from '../../examples/desk/boot.config.ts';
import { inQemu } from './in-qemu.ts';

export default defineBoot({
    cluster: { ...desk.cluster, client: 'boot-directory' },
    hosts: {
        desk1: {
            mac: '52:54:00:12:45:11',
            image: 'rbd/boot-directory/desk1',
            filesystem: 'ext4',
            ...inQemu,
            bootDirectory: { cephfs: 'cephfs', path: '/hosts/desk1', client: 'boot-desk1' },
        },
    },
});
