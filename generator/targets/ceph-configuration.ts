import type { CephKey } from '../model/ceph-key.ts';
import type { EmittedFile } from '../model/emitted-file.ts';
import { printMonitorAddress } from '../model/monitor-address.ts';
import type { Host, Site } from '../model/site.ts';
import { keyringPath } from '../steps/map-image/map-image.ts';
import { originLine } from './origin.ts';

/** The Ceph configuration and keyring of a host: for its boot script, and for Ceph's own programs. */
export function emitCephConfiguration(
    site: Site,
    host: Host,
    key: CephKey,
): readonly EmittedFile[] {
    const { fsid, monitors } = site.cluster;
    return [
        {
            path: 'etc/ceph/ceph.conf',
            mode: 0o644,
            text: [
                `# ${originLine(site)}`,
                '[global]',
                `fsid = ${fsid}`,
                `mon_host = ${monitors.map(printMonitorAddress).join(',')}`,
                '',
            ].join('\n'),
        },
        {
            path: keyringPath(host.client).slice(1),
            mode: 0o600,
            // The boot script reads exactly this form: a tab, "key = ", the key.
            text: `[client.${host.client}]\n\tkey = ${key}\n`,
        },
    ];
}
