// Machines with Debian 13: kernel 6.12, initramfs-tools 0.148, systemd 257. One initrd for all.
import { defineBoot } from 'rbdboot';
import desk from '../../examples/desk/boot.config.ts';
import { inQemu } from './in-qemu.ts';

const common = {
    filesystem: 'ext4',
    ...inQemu,
} as const;

export default defineBoot({
    cluster: { ...desk.cluster, client: 'trixie' },
    initrd: 'shared',
    hosts: {
        desk1: { ...common, mac: '52:54:00:12:47:01', image: 'rbd/trixie/desk1' },
        desk2: { ...common, mac: '52:54:00:12:47:02', image: 'rbd/trixie/desk2' },
        dhcp: {
            ...common,
            mac: '52:54:00:12:47:03',
            image: 'rbd/trixie/dhcp',
            address: 'dhcp',
        },
        // Its client gets another key than this file's.
        stranger: {
            ...common,
            mac: '52:54:00:12:47:04',
            image: 'rbd/trixie/stranger',
            client: 'stranger',
        },
    },
});
