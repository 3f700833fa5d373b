// Roots on other file systems than ext4.
import { defineBoot } from 'rbdboot';
import desk from '../../examples/desk/boot.config.ts';
import { inQemu } from './in-qemu.ts';

const common = {
    ...inQemu,
} as const;

export default defineBoot({
    cluster: { ...desk.cluster, client: 'file-systems' },
    hosts: {
        xfs: {
            ...common,
            mac: '52:54:00:12:42:21',
            image: 'rbd/file-systems/xfs',
            filesystem: 'xfs',
            rootFlags: ['noatime', 'logbufs=4'],
        },
        btrfs: {
            ...common,
            mac: '52:54:00:12:42:22',
            image: 'rbd/file-systems/btrfs',
            filesystem: 'btrfs',
        },
        subvolume: {
            ...common,
            mac: '52:54:00:12:42:23',
            image: 'rbd/file-systems/subvolume',
            filesystem: 'btrfs',
            rootFlags: ['subvol=@'],
        },
    },
});
