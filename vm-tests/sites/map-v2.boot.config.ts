// A machine for each mode of messenger 2, which monitors answer on a port of its own.
import { defineBoot } from 'rbdboot';
import { inQemu } from './in-qemu.ts';
import map from './map.boot.config.ts';

const common = {
    filesystem: 'ext4',
    ...inQemu,
} as const;

const options = { mount_timeout: '10s' } as const;

export default defineBoot({
    cluster: { ...map.cluster, monitors: ['10.77.0.10:3300'] },
    hosts: {
        secure: {
            ...common,
            mac: '52:54:00:12:41:11',
            image: 'rbd/map/secure',
            mapOptions: { ...options, ms_mode: 'secure' },
        },
        'prefer-secure': {
            ...common,
            mac: '52:54:00:12:41:12',
            image: 'rbd/map/prefer-secure',
            mapOptions: { ...options, ms_mode: 'prefer-secure' },
        },
        crc: {
            ...common,
            mac: '52:54:00:12:41:13',
            image: 'rbd/map/crc',
            // Below the 30 s that a lock lives on: a scenario looks at the end of the wait.
            mapOptions: { ...options, ms_mode: 'crc', lock_timeout: '5s' },
        },
        'prefer-crc': {
            ...common,
            mac: '52:54:00:12:41:14',
            image: 'rbd/map/prefer-crc',
            mapOptions: { ...options, ms_mode: 'prefer-crc' },
        },
    },
});
