// The fleet, by an administrator who copied the id of another cluster.
import { defineBoot } from 'rbdboot';
import fleet from './fleet.boot.config.ts';

export default defineBoot({
    ...fleet,
    cluster: { ...fleet.cluster, fsid: '00000000-0000-4000-8000-000000000000' },
});
