import type { EmittedFile } from '../model/emitted-file.ts';
import type { Site } from '../model/site.ts';
import { byMacDirectory, byUuidDirectory, hostScript, uuidScript } from './host-script.ts';
import { indexScript } from './index-script.ts';

/**
 * The directory that a boot server serves over TFTP and HTTP: the index, and for each host a script
 * by MAC address and, where the configuration names it, one by UUID.
 */
export function emitNetboot(site: Site): readonly EmittedFile[] {
    return [
        { path: 'boot.ipxe', mode: 0o644, text: indexScript(site) },
        ...site.hosts.map((host) => ({
            path: `${byMacDirectory(host)}/boot.ipxe`,
            mode: 0o644,
            text: hostScript(site, host),
        })),
        ...site.hosts.flatMap((host) => {
            const directory = byUuidDirectory(host);
            return directory === undefined
                ? []
                : [{ path: `${directory}/boot.ipxe`, mode: 0o644, text: uuidScript(site, host) }];
        }),
    ];
}
