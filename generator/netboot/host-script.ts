import { printImageReference } from '../model/image-reference.ts';
import { originLine } from '../model/origin-line.ts';
import type { Host, Site } from '../model/site.ts';

/** Where a host's files are on the boot server: under its MAC address, as iPXE prints it. */
export function byMacDirectory({ mac }: Host): string {
    return `by-mac/${mac.replaceAll(':', '-')}`;
}

/**
 * The iPXE script of one host. The kernel and the initrd are beside it, or, where one initrd serves
 * all hosts, at the top, with the host's archive as a second initrd.
 *
 * `initrd=` is for UEFI, where the kernel looks its initrds up by name. `rw`, since the host has its
 * image for itself. `panic=60`: no shell for whoever stands before a machine that fails to boot.
 */
export function hostScript(site: Site, host: Host): string {
    const shared = site.initrd === 'shared';
    const files = shared ? '../../' : '';
    const initrds = shared ? ['initrd.img', 'host.cpio'] : ['initrd.img'];
    const address =
        host.address === 'lease'
            ? ['rbdboot.address=${netX/ip}/${netX/netmask}', 'rbdboot.gateway=${netX/gateway}']
            : [];
    const kernelArguments = [
        ...initrds.map((name) => `initrd=${name}`),
        'rw',
        'panic=60',
        ...address,
        ...host.kernelArguments,
    ];
    return `#!ipxe
# Boots ${host.name} from ${printImageReference(host.image)}.
# ${originLine(site)}

kernel ${files}vmlinuz ${kernelArguments.join(' ')} || goto failed
initrd ${files}initrd.img || goto failed
${shared ? 'initrd host.cpio || goto failed\n' : ''}boot || goto failed

:failed
echo rbdboot: ${host.name} cannot load its kernel and initrd from \${cwduri}
echo To do: put vmlinuz and initrd.img ${shared ? 'at the top of the HTTP server' : 'of this host beside its boot.ipxe on the HTTP server'}
echo This machine reboots in 30 seconds
sleep 30
reboot
`;
}
