// Machines that boot from one snapshot of a Debian system, with a client that may read it and no more.
import { defineBoot } from 'rbdboot';
import desk from '../../examples/desk/boot.config.ts';
import { inQemu } from './in-qemu.ts';

const common = {
    image: 'rbd/golden/golden-plain@fresh',
    filesystem: 'ext4',
    overlay: { size: '200M' },
    ...inQemu,
} as const;

export default defineBoot({
    cluster: { ...desk.cluster, client: 'kiosk' },
    initrd: 'shared',
    hosts: {
        desk1: { ...common, mac: '52:54:00:12:42:31' },
        desk2: { ...common, mac: '52:54:00:12:42:32' },
        missing: { ...common, mac: '52:54:00:12:42:33', image: 'rbd/golden/golden-plain@stale' },
    },
});
