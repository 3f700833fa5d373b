import type { BootDirectory } from '../model/boot-directory.ts';
import { bootFilesScript } from '../model/boot-files.ts';
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
echo rbdboot: ${host.name} cannot load its kernel and initrd: iPXE says above which file, and why
echo To do: ${cure(site, host)}
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
echo rbdboot: ${host.name} cannot load a previous kernel and initrd: iPXE says above which file, and why
echo To do: nothing, if there were none before: ${host.bootDirectory === undefined ? '"rbdboot ipxe --kernel FILE --initrd FILE" keeps the ones that it replaces' : 'the machine keeps them while it has two kernels'}
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
    const { files, kernel, initrd } = bootFiles(site, host, own, suffix);
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
        host.bootDirectory === undefined
            ? ''
            : load('chain', `--autofree ${files}${bootFilesScript}${suffix}`),
        load('kernel', `${files}${kernel} ${kernelArguments.join(' ')}`),
        load('initrd', `${files}${initrd}`),
        shared ? load('initrd', `${own}host.cpio`) : '',
        `boot || goto ${failed}\n`,
    ].join('');
}

interface BootFiles {
    /** The way to them from the script. */
    readonly files: string;
    readonly kernel: string;
    readonly initrd: string;
}

/**
 * Where the kernel and the initrd are. Those of a boot directory are named by a script that the
 * machine wrote there, and which sets these two settings.
 */
function bootFiles(
    { initrd }: Site,
    { bootDirectory }: Host,
    own: string,
    suffix: string,
): BootFiles {
    if (bootDirectory !== undefined) {
        const files = `../../${servedDirectory(bootDirectory)}/`;
        return { files, kernel: '${vmlinuz}', initrd: '${initrd}' };
    }
    const files = initrd === 'shared' ? '../../' : own;
    return { files, kernel: `vmlinuz${suffix}`, initrd: `initrd.img${suffix}` };
}

/** Where the boot server has a boot directory: it mounts the file system below `cephfs`. */
export function servedDirectory({ fileSystem, path }: BootDirectory): string {
    return `cephfs/${fileSystem}${path}`;
}

function cure({ initrd }: Site, { bootDirectory }: Host): string {
    if (bootDirectory !== undefined) {
        const { fileSystem } = bootDirectory;
        return `mount the CephFS ${fileSystem} at cephfs/${fileSystem} on the HTTP server, and run update-initramfs -u in this host`;
    }
    return initrd === 'shared'
        ? 'put vmlinuz and initrd.img at the top of the HTTP server'
        : 'put vmlinuz and initrd.img of this host beside its boot.ipxe on the HTTP server';
}
