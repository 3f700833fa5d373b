import { defineBoot } from 'rbdboot';
import desk from '../../../examples/desk/boot.config.ts';

/** Machines that share an initrd, and whose images have partitions or have none. */
export default defineBoot({
    cluster: desk.cluster,
    initrd: 'shared',
    hosts: {
        desk31: {
            mac: '52:54:00:12:34:31',
            image: 'rbd/hosts/disk',
            filesystem: 'ext4',
            partition: 2,
        },
        desk32: { mac: '52:54:00:12:34:32', image: 'rbd/hosts/whole', filesystem: 'ext4' },
    },
});
