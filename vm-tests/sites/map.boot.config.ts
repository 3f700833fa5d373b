// One machine, and everything that the kernel may say against its image: the scenarios change what
// it is handed over. Another client may read the images alone.
import { defineBoot } from 'rbdboot';
import desk from '../../examples/desk/boot.config.ts';
import { inQemu } from './in-qemu.ts';

const common = {
    filesystem: 'ext4',
    ...inQemu,
    mapOptions: { mount_timeout: '10s' },
} as const;

export default defineBoot({
    cluster: { ...desk.cluster, client: 'map' },
    initrd: 'shared',
    hosts: {
        desk1: { ...common, mac: '52:54:00:12:41:01', image: 'rbd/map/desk1' },
        rows: { ...common, mac: '52:54:00:12:41:02', image: 'rbd/map/rows' },
        reader: {
            ...common,
            mac: '52:54:00:12:41:03',
            image: 'rbd/map/reader',
            client: 'map-reader',
        },
    },
});
