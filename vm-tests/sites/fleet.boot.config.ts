// Machines that share one initrd, on the cluster of the reference example. The name of each says
// what is so of it in that cluster: `recipes.ts` makes it so.
import { defineBoot } from 'rbdboot';
import desk from '../../examples/desk/boot.config.ts';
import { inQemu } from './in-qemu.ts';

/** What all of them have in common; a short wait for the monitors keeps the scenarios short. */
const common = {
    filesystem: 'ext4',
    ...inQemu,
    mapOptions: { mount_timeout: '10s' },
} as const;

export default defineBoot({
    cluster: { ...desk.cluster, client: 'fleet' },
    initrd: 'shared',
    hosts: {
        desk1: { ...common, mac: '52:54:00:12:35:01', image: 'rbd/fleet/desk1' },
        desk2: { ...common, mac: '52:54:00:12:35:02', image: 'rbd/fleet/desk2' },
        dhcp: {
            ...common,
            mac: '52:54:00:12:35:03',
            image: 'rbd/fleet/dhcp',
            address: 'dhcp',
        },
        // For scenarios about the lab itself, which break them on purpose.
        'broken-1': { ...common, mac: '52:54:00:12:35:11', image: 'rbd/fleet/broken-1' },
        'broken-2': { ...common, mac: '52:54:00:12:35:12', image: 'rbd/fleet/broken-2' },
        'broken-3': { ...common, mac: '52:54:00:12:35:13', image: 'rbd/fleet/broken-3' },
        'no-image': { ...common, mac: '52:54:00:12:35:04', image: 'rbd/fleet/missing' },
        'no-namespace': { ...common, mac: '52:54:00:12:35:05', image: 'rbd/missing/desk' },
        'no-pool': { ...common, mac: '52:54:00:12:35:06', image: 'missing/fleet/desk' },
        'no-lock': { ...common, mac: '52:54:00:12:35:07', image: 'rbd/fleet/no-lock' },
        outsider: {
            ...common,
            mac: '52:54:00:12:35:08',
            image: 'rbd/fleet/outsider',
            client: 'outsider',
        },
        'monitors-only': {
            ...common,
            mac: '52:54:00:12:35:0a',
            image: 'rbd/fleet/monitors-only',
            client: 'monitors-only',
        },
        'other-pool': {
            ...common,
            mac: '52:54:00:12:35:0b',
            image: 'rbd/fleet/other-pool',
            client: 'other-pool',
        },
        journaling: { ...common, mac: '52:54:00:12:35:0c', image: 'rbd/fleet/journaling' },
        weak: {
            ...common,
            mac: '52:54:00:12:35:09',
            image: 'rbd/fleet/weak',
            client: 'weak',
        },
    },
});
