// Machines whose image is not there, and who differ in what they do then. They share one initrd, so
// that each learns it at boot.
import { defineBoot } from 'rbdboot';
import desk from '../../examples/desk/boot.config.ts';
import { inQemu } from './in-qemu.ts';

const common = {
    filesystem: 'ext4',
    ...inQemu,
} as const;

export default defineBoot({
    cluster: { ...desk.cluster, client: 'failures' },
    initrd: 'shared',
    hosts: {
        reboots: {
            ...common,
            mac: '52:54:00:12:43:01',
            image: 'rbd/failures/reboots',
            onFailure: { reboot: '5s' },
        },
        halts: {
            ...common,
            mac: '52:54:00:12:43:02',
            image: 'rbd/failures/halts',
            onFailure: 'halt',
        },
        opens: {
            ...common,
            mac: '52:54:00:12:43:03',
            image: 'rbd/failures/opens',
            onFailure: 'shell',
        },
        'says-nothing': {
            ...common,
            mac: '52:54:00:12:43:04',
            image: 'rbd/failures/says-nothing',
        },
    },
});
