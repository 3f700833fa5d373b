// Machines whose initrd comes with few applets of busybox: `few-applets.ts`.
import { defineBoot } from 'rbdboot';
import desk from '../../examples/desk/boot.config.ts';
import { inQemu } from './in-qemu.ts';

const common = {
    filesystem: 'ext4',
    ...inQemu,
} as const;

export default defineBoot({
    cluster: { ...desk.cluster, client: 'few' },
    initrd: 'shared',
    hosts: {
        desk1: {
            ...common,
            mac: '52:54:00:12:47:11',
            image: 'rbd/few/desk1',
            address: 'dhcp',
        },
        'no-image': { ...common, mac: '52:54:00:12:47:12', image: 'rbd/few/missing' },
    },
});
