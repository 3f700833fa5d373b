import type { Seconds } from '../model/duration.ts';
import { defaultFailurePolicy, panicWord } from '../model/failure-policy.ts';
import { printImageReference } from '../model/image-reference.ts';
import { originLine } from '../model/origin-line.ts';
import type { Host, Site } from '../model/site.ts';

/** Where a host's files are on the boot server: under its MAC address, as iPXE prints it. */
export function byMacDirectory({ mac }: Pick<Host, 'mac'>): string {
    return `by-mac/${mac.replaceAll(':', '-')}`;
}

/**
 * Where a host's second script is, for the case that another of its NICs booted. `undefined`: the
 * configuration does not name its UUID.
 */
export function byUuidDirectory({ uuid }: Pick<Host, 'uuid'>): string | undefined {
    return uuid === undefined ? undefined : `by-uuid/${uuid}`;
}

/** Milliseconds without a byte after which iPXE gives a download up; by itself it waits for ever. */
export const downloadTimeout = 30_000;

/**
 * The iPXE script of one host. The kernel and the initrd are beside it, or, where one initrd serves
 * all hosts, at the top, with the host's archive as a second initrd.
 */
export function hostScript(site: Site, host: Host): string {
    return script(site, host, { own: '', lease: host.address === 'lease' });
}

/**
 * The script of the same host by its UUID. The index asks for it where no script has the MAC address
 * of the NIC that booted: then the lease is that of another NIC than the one that the host's address
 * is for, so it is not handed over, and the machine asks for an address itself.
 */
export function uuidScript(site: Site, host: Host): string {
    return script(site, host, { own: `../../${byMacDirectory(host)}/`, lease: false });
}

interface ScriptPlace {
    /** The way from the script to the host's own files. */
    readonly own: string;
    /** Whether what iPXE leased is handed over. */
    readonly lease: boolean;
}

function script(site: Site, host: Host, place: ScriptPlace): string {
    const body =
        site.menu === undefined
            ? boot(site, host, place, 'failed')
            : withMenu(site, host, place, site.menu);
    return `#!ipxe
# Boots ${host.name} from ${printImageReference(host.image)}.
# ${originLine(site)}

${body}
:failed
echo rbdboot: ${host.name} cannot load its kernel and initrd from \${cwduri}
echo To do: put vmlinuz and initrd.img ${site.initrd === 'shared' ? 'at the top of the HTTP server' : 'of this host beside its boot.ipxe on the HTTP server'}
echo This machine reboots in 30 seconds
sleep 30
reboot
`;
}

/** Lets a person choose for a while; the script goes on with the current kernel where nobody does. */
function withMenu(site: Site, host: Host, place: ScriptPlace, seconds: Seconds): string {
    return `:menu
menu ${host.name}: ${printImageReference(host.image)}
item --key c current (c) the current kernel and initrd
item --key p previous (p) the previous kernel and initrd
choose --default current --timeout ${seconds * 1000} entry || goto current
goto \${entry}

:current
${boot(site, host, place, 'failed')}
:previous
${boot(site, host, place, 'no-previous', '.old')}
:no-previous
echo rbdboot: ${host.name} cannot load vmlinuz.old and initrd.img.old from \${cwduri}
echo To do: nothing, if there were none before: "rbdboot ipxe --kernel FILE --initrd FILE" keeps the ones that it replaces
echo The menu comes back in 10 seconds
sleep 10
goto menu
`;
}

/**
 * Loads a kernel with its initrds and starts it.
 *
 * `initrd=` is for UEFI, where the kernel looks its initrds up by name. `rw`, since the host has its
 * image for itself; `ro` of a snapshot. `panic=` says what a machine does that fails to boot: the kernel, the initramfs
 * and the boot script follow it alike.
 */
function boot(
    site: Site,
    host: Host,
    { own, lease }: ScriptPlace,
    failed: string,
    suffix = '',
): string {
    const shared = site.initrd === 'shared';
    const files = shared ? '../../' : own;
    const initrd = `initrd.img${suffix}`;
    const initrds = shared ? [initrd, 'host.cpio'] : [initrd];
    const address = lease
        ? ['rbdboot.address=${netX/ip}/${netX/netmask}', 'rbdboot.gateway=${netX/gateway}']
        : [];
    const kernelArguments = [
        ...initrds.map((name) => `initrd=${name}`),
        host.image.snapshot === undefined ? 'rw' : 'ro',
        panicWord(host.onFailure ?? defaultFailurePolicy),
        ...address,
        ...host.kernelArguments,
    ];
    const load = (verb: string, what: string) =>
        `${verb} --timeout ${downloadTimeout} ${what} || goto ${failed}\n`;
    return [
        // iPXE passes every file that it has on as an initrd: none that was there before.
        'imgfree\n',
        load('kernel', `${files}vmlinuz${suffix} ${kernelArguments.join(' ')}`),
        load('initrd', `${files}${initrd}`),
        shared ? load('initrd', `${own}host.cpio`) : '',
        `boot || goto ${failed}\n`,
    ].join('');
}
