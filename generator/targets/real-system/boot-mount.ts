import type { BootDirectory } from '../../model/boot-directory.ts';
import type { EmittedFile } from '../../model/emitted-file.ts';
import { printMonitorAddress } from '../../model/monitor-address.ts';
import { originLine } from '../../model/origin-line.ts';
import type { Host, Site } from '../../model/site.ts';
import { bootKeyPath } from './boot-key.ts';

const keyService = 'rbdboot-boot-key.service';

/**
 * The units that mount a host's boot directory: the mount, a service before it that gives the kernel
 * the key, and what has systemd want them.
 *
 * In the form of a source that every kernel and every mount.ceph takes, MONITORS:PATH; the newer one
 * (Linux 5.17) is unknown to the mount.ceph of Ceph 16. The key is looked up in the keyring of root
 * (`key=`), so neither it nor ceph-common is needed. A machine whose /boot cannot be mounted works on
 * with a failed unit: /boot is wanted, not required.
 */
export function emitBootMount(
    site: Site,
    host: Host,
    directory: BootDirectory,
): readonly EmittedFile[] {
    const origin = `# ${originLine(site)}`;
    const unit = (path: string, lines: readonly string[]): EmittedFile => ({
        path: `etc/systemd/system/${path}`,
        mode: 0o644,
        text: [origin, ...lines, ''].join('\n'),
    });
    return [
        unit('boot.mount', mountUnit(site, host, directory)),
        unit(keyService, keyUnit),
        unit('remote-fs.target.d/rbdboot.conf', ['[Unit]', 'Wants=boot.mount']),
    ];
}

function mountUnit(
    { cluster }: Site,
    { mapOptions = [] }: Host,
    { client, fileSystem, path }: BootDirectory,
): readonly string[] {
    const monitors = cluster.monitors.map(printMonitorAddress).join(',');
    const messenger = mapOptions.find(({ name }) => name === 'ms_mode');
    const options = [
        '_netdev',
        `name=${client}`,
        `key=client.${client}`,
        `mds_namespace=${fileSystem}`,
        // After a cut that was longer than the session, /boot works again by itself.
        'recover_session=clean',
        // With it a client without caps waits for this long as well, and again to say goodbye.
        'mount_timeout=30',
        ...(messenger === undefined ? [] : [messenger.word]),
    ];
    return [
        '[Unit]',
        'Description=/boot of this machine, in CephFS',
        'Documentation=man:mount.ceph(8)',
        `Requires=${keyService}`,
        `After=${keyService}`,
        '',
        '[Mount]',
        `What=${monitors}:${path}`,
        'Where=/boot',
        'Type=ceph',
        `Options=${options.join(',')}`,
        // The key is in the keyring of root: this has mount look there (systemd.exec(5)).
        'KeyringMode=shared',
        'TimeoutSec=90',
    ];
}

// Again before each mount: the key stays for two minutes, and the service has ended by then.
const keyUnit = [
    '[Unit]',
    'Description=The key of /boot, for the kernel',
    'DefaultDependencies=no',
    'After=systemd-remount-fs.service',
    '',
    '[Service]',
    'Type=oneshot',
    'KeyringMode=shared',
    `ExecStart=${bootKeyPath}`,
];
