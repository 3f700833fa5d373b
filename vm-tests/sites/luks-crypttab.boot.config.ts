// A machine whose root is in a LUKS container that cryptsetup-initramfs opens.
import { defineBoot } from 'rbdboot';
import desk from '../../examples/desk/boot.config.ts';

export default defineBoot({
    cluster: { ...desk.cluster, client: 'luks-crypttab' },
    initrd: 'shared',
    hosts: {
        luks2: {
            mac: '52:54:00:12:44:06',
            image: 'rbd/luks-crypttab/luks2',
            filesystem: 'ext4',
            luks: 'crypttab',
            nicModules: ['virtio_pci', 'virtio_net'],
            kernelArguments: ['console=ttyS0,115200'],
        },
    },
});
