import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MacAddress } from '../../generator/model/mac-address.ts';

/** What an emitted iPXE script makes iPXE do, with a lease that is known. */
export interface HostScript {
    /** Absolute paths on the boot server. */
    readonly kernel: string;
    readonly initrds: readonly string[];
    /** The kernel's arguments. */
    readonly commandLine: string;
}

/** What iPXE knows from DHCP. */
export interface Lease {
    readonly address: string;
    readonly netmask: string;
    readonly gateway: string;
}

/** Where the boot server has the files of the host whose NIC this is. */
export function hostDirectory(served: string, mac: MacAddress): string {
    return join(served, 'by-mac', mac.replaceAll(':', '-'));
}

/**
 * Does with a host's script what iPXE does: finds the files beside it, and fills the lease in.
 *
 * @throws Error at a setting that no lease has.
 */
export async function readHostScript(directory: string, lease: Lease): Promise<HostScript> {
    return interpretHostScript(
        await readFile(join(directory, 'boot.ipxe'), 'utf8'),
        directory,
        lease,
    );
}

export function interpretHostScript(text: string, directory: string, lease: Lease): HostScript {
    const known: Readonly<Record<string, string>> = {
        'netX/ip': lease.address,
        'netX/netmask': lease.netmask,
        'netX/gateway': lease.gateway,
    };
    const lines = text.split('\n');
    // What comes behind the first "boot" is for another choice in a menu.
    const commands = lines
        .slice(
            0,
            lines.findIndex((line) => line.startsWith('boot ')),
        )
        .map(
            (line) =>
                /^(?<verb>kernel|initrd) (?:--timeout \d+ )?(?<rest>.*?) \|\| /.exec(line)?.groups,
        )
        .filter((groups) => groups !== undefined)
        .map(({ verb = '', rest = '' }) => ({ verb, words: rest.split(' ') }));
    const [kernel = '', ...words] = commands.find(({ verb }) => verb === 'kernel')?.words ?? [];
    const commandLine = words.join(' ').replace(/\$\{([^}]*)\}/g, (_, name: string) => {
        const value = known[name];
        if (value === undefined) {
            throw new Error(`the iPXE script asks for ${name}, which is no part of a lease`);
        }
        return value;
    });
    return {
        kernel: join(directory, kernel),
        initrds: commands
            .filter(({ verb }) => verb === 'initrd')
            .map(({ words: [name = ''] }) => join(directory, name)),
        commandLine,
    };
}
