// Machines whose root is in a LUKS container that a passphrase opens. They share one initrd. What
// their images hold is in their names.
import { defineBoot } from 'rbdboot';
import desk from '../../examples/desk/boot.config.ts';

const common = {
    filesystem: 'ext4',
    luks: 'passphrase',
    nicModules: ['virtio_pci', 'virtio_net'],
    kernelArguments: ['console=tty0', 'console=ttyS0,115200'],
    onFailure: { reboot: '10s' },
} as const;

export default defineBoot({
    cluster: { ...desk.cluster, client: 'luks-passphrase' },
    initrd: 'shared',
    hosts: {
        luks1: { ...common, mac: '52:54:00:12:43:11', image: 'rbd/luks-passphrase/luks1' },
        luks2: { ...common, mac: '52:54:00:12:43:12', image: 'rbd/luks-passphrase/luks2' },
        guessed: { ...common, mac: '52:54:00:12:43:13', image: 'rbd/luks-passphrase/guessed' },
        endless: { ...common, mac: '52:54:00:12:43:15', image: 'rbd/luks-passphrase/endless' },
        plain: { ...common, mac: '52:54:00:12:43:14', image: 'rbd/luks-passphrase/plain' },
    },
});
