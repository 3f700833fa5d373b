import { defineBoot } from 'rbdboot';
import desk from '../../../examples/desk/boot.config.ts';

/** Machines that share an initrd and boot from snapshots. */
export default defineBoot({
    cluster: desk.cluster,
    initrd: 'shared',
    hosts: {
        desk21: {
            mac: '52:54:00:12:34:21',
            image: 'rbd/hosts/golden@v1',
            filesystem: 'ext4',
            overlay: true,
        },
    },
});
