import type { CephKey } from '../model/ceph-key.ts';
import type { EmittedFile } from '../model/emitted-file.ts';
import { keyringPath, printKeyring } from '../model/keyring.ts';
import { printMonitorAddress } from '../model/monitor-address.ts';
import { originLine } from '../model/origin-line.ts';
import type { Host, Site } from '../model/site.ts';

/** The Ceph configuration of the machines of a site, for Ceph's own programs. */
export function emitCephConfiguration(site: Site): EmittedFile {
    const { fsid, monitors } = site.cluster;
    return {
        path: 'etc/ceph/ceph.conf',
        mode: 0o644,
        text: [
            `# ${originLine(site)}`,
            '[global]',
            `fsid = ${fsid}`,
            `mon_host = ${monitors.map(printMonitorAddress).join(',')}`,
            '',
        ].join('\n'),
    };
}

/** The keyring of a client, for the boot script or the mount of /boot, and for Ceph's own programs. */
export function emitKeyring({ client }: Pick<Host, 'client'>, key: CephKey): EmittedFile {
    return { path: keyringPath(client).slice(1), mode: 0o600, text: printKeyring(client, key) };
}
