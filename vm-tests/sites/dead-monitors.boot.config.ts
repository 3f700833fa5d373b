// The fleet, where most of the monitors are gone: nobody has the first two addresses. The kernel
// begins with any monitor of the list, so it begins with a dead one two times in three.
import { defineBoot } from 'rbdboot';
import fleet from './fleet.boot.config.ts';

export default defineBoot({
    ...fleet,
    cluster: {
        ...fleet.cluster,
        monitors: ['10.77.0.8', '10.77.0.9', ...fleet.cluster.monitors],
    },
    // As many as there are times to wait for a dead one.
    hosts: Object.fromEntries(
        Object.entries(fleet.hosts).map(([name, host]) => [
            name,
            { ...host, mapOptions: { mount_timeout: '60s' } },
        ]),
    ),
});
