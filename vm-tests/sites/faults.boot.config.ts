// Machines that something goes wrong around while they boot; they share one initrd.
import { defineBoot } from 'rbdboot';
import desk from '../../examples/desk/boot.config.ts';
import { inQemu } from './in-qemu.ts';

const common = {
    filesystem: 'ext4',
    ...inQemu,
    mapOptions: { mount_timeout: '30s' },
} as const;

export default defineBoot({
    cluster: { ...desk.cluster, client: 'faults' },
    initrd: 'shared',
    hosts: {
        desk1: { ...common, mac: '52:54:00:12:50:01', image: 'rbd/faults/desk1' },
        desk2: { ...common, mac: '52:54:00:12:50:02', image: 'rbd/faults/desk2' },
        desk3: { ...common, mac: '52:54:00:12:50:03', image: 'rbd/faults/desk3' },
        desk4: { ...common, mac: '52:54:00:12:50:04', image: 'rbd/faults/desk4' },
        dhcp1: { ...common, mac: '52:54:00:12:50:05', image: 'rbd/faults/dhcp1', address: 'dhcp' },
        dhcp2: { ...common, mac: '52:54:00:12:50:06', image: 'rbd/faults/dhcp2', address: 'dhcp' },
    },
});
