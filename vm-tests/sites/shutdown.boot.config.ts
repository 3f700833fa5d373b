// Machines that are shut down, each in another way; they share one initrd.
import { defineBoot } from 'rbdboot';
import desk from '../../examples/desk/boot.config.ts';
import { inQemu } from './in-qemu.ts';

const common = {
    filesystem: 'ext4',
    ...inQemu,
} as const;

export default defineBoot({
    cluster: { ...desk.cluster, client: 'shutdown' },
    initrd: 'shared',
    hosts: {
        desk1: { ...common, mac: '52:54:00:12:46:01', image: 'rbd/shutdown/desk1' },
        desk2: { ...common, mac: '52:54:00:12:46:02', image: 'rbd/shutdown/desk2' },
        desk3: { ...common, mac: '52:54:00:12:46:03', image: 'rbd/shutdown/desk3' },
        desk4: { ...common, mac: '52:54:00:12:46:04', image: 'rbd/shutdown/desk4' },
    },
});
