// Machines for the way from iPXE to the initramfs. One initrd for all, and a menu in front of it.
import { defineBoot } from 'rbdboot';
import desk from '../../examples/desk/boot.config.ts';
import { inQemu } from './in-qemu.ts';

const common = {
    filesystem: 'ext4',
    ...inQemu,
} as const;

export default defineBoot({
    cluster: { ...desk.cluster, client: 'handover' },
    initrd: 'shared',
    menu: '4s',
    acceptRbdroot: true,
    hosts: {
        desk1: { ...common, mac: '52:54:00:12:44:01', image: 'rbd/handover/desk1' },
        desk2: { ...common, mac: '52:54:00:12:44:02', image: 'rbd/handover/desk2' },
        // Boots by its UUID, from a NIC that no host has.
        uuid: {
            ...common,
            mac: '52:54:00:12:44:03',
            uuid: '7c1e4d0a-55aa-4b7e-9d2f-0a1b2c3d4e5f',
            image: 'rbd/handover/uuid',
        },
        menu: { ...common, mac: '52:54:00:12:44:04', image: 'rbd/handover/menu' },
        trixie: { ...common, mac: '52:54:00:12:44:05', image: 'rbd/handover/trixie' },
        hostile: {
            ...common,
            mac: '52:54:00:12:44:06',
            image: 'rbd/handover/hostile',
            address: 'dhcp',
        },
        // Knows what it is from its command line alone.
        migrant: { ...common, mac: '52:54:00:12:44:07', image: 'rbd/handover/migrant' },
        options: { ...common, mac: '52:54:00:12:44:08', image: 'rbd/handover/options' },
        // Hears of another image from the DHCP server.
        elsewhere: {
            ...common,
            mac: '52:54:00:12:44:09',
            image: 'rbd/handover/elsewhere',
            address: 'dhcp',
        },
        missing: { ...common, mac: '52:54:00:12:44:11', image: 'rbd/handover/missing' },
        broken: { ...common, mac: '52:54:00:12:44:12', image: 'rbd/handover/broken' },
        truncated: { ...common, mac: '52:54:00:12:44:13', image: 'rbd/handover/truncated' },
        stalled: { ...common, mac: '52:54:00:12:44:14', image: 'rbd/handover/stalled' },
        patient: { ...common, mac: '52:54:00:12:44:15', image: 'rbd/handover/patient' },
    },
});
