import type { EmittedFile } from '../../model/emitted-file.ts';
import type { Host, Site } from '../../model/site.ts';
import { needsOf } from '../../plan/needs.ts';
import { printScript } from '../../sh/print.ts';
import { bootHost } from '../../steps/boot-host.ts';
import { originLine } from '../origin.ts';
import { bootScript } from './boot-script.ts';
import { initramfsTools } from './environment.ts';
import { hook } from './hook.ts';

/** The name of everything that is installed: initramfs-tools takes `[[:alnum:]._-]` only. */
const name = 'rbdboot';

/** The files that make initramfs-tools boot the host from its image. */
export function emitInitramfsTools(site: Site, host: Host): readonly EmittedFile[] {
    const origin = originLine(site);
    const script = bootScript(bootHost(site, host, initramfsTools), host, origin);
    const needs = needsOf(script.main);
    return [
        {
            path: `etc/initramfs-tools/hooks/${name}`,
            mode: 0o755,
            text: printScript(hook(needs, host, origin)),
        },
        {
            path: `etc/initramfs-tools/scripts/local-top/${name}`,
            mode: 0o755,
            text: printScript(script),
        },
        {
            path: `etc/initramfs-tools/conf.d/${name}`,
            mode: 0o644,
            text: settings(host, origin),
        },
    ];
}

/** Settings of mkinitramfs (initramfs.conf(5)), read after the system's own. */
function settings(host: Host, origin: string): string {
    return [
        `# ${origin}`,
        '# The initrd holds the key of the cluster: only root may read it.',
        'UMASK=0077',
        'BUSYBOX=y',
        ...(host.nicModules.length > 0
            ? [
                  '# The configuration names the modules of the NIC: no others are needed.',
                  'MODULES=list',
              ]
            : [
                  '# The configuration names no modules of the NIC: take all of them.',
                  'MODULES=most',
              ]),
        '# A diskless machine has no swap to resume from.',
        'RESUME=none',
        '',
    ].join('\n');
}
