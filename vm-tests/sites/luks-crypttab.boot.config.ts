// A machine whose root is in a LUKS container that cryptsetup-initramfs opens.
import { defineBoot } from 'rbdboot';
import desk from '../../examples/desk/boot.config.ts';
import { inQemu } from './in-qemu.ts';

export default defineBoot({
    cluster: { ...desk.cluster, client: 'luks-crypttab' },
    initrd: 'shared',
    hosts: {
        luks2: {
            mac: '52:54:00:12:43:36',
            image: 'rbd/luks-crypttab/luks2',
            filesystem: 'ext4',
            luks: 'crypttab',
            ...inQemu,
        },
    },
});
