// A machine whose root is in a LUKS container that the key in its host archive opens.
import { defineBoot } from 'rbdboot';
import desk from '../../examples/desk/boot.config.ts';
import { inQemu } from './in-qemu.ts';

export default defineBoot({
    cluster: { ...desk.cluster, client: 'luks-key-file' },
    initrd: 'shared',
    hosts: {
        luks2: {
            mac: '52:54:00:12:43:25',
            image: 'rbd/luks-key-file/luks2',
            filesystem: 'ext4',
            // The scenario makes it, beside the keyrings.
            luks: { keyFile: '/etc/ceph/luks.key' },
            ...inQemu,
        },
    },
});
