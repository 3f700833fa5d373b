import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Lab } from '../lab.ts';
import { rootNamed } from '../preparation.ts';

/** The iPXE of Debian 13: one to start under BIOS, one for UEFI. */
export interface IpxeFiles {
    readonly bios: string;
    readonly uefi: string;
}

/** Takes the iPXE of Debian 13 out of the root that has its package. */
export async function trixieIpxe({ roots, state }: Lab): Promise<IpxeFiles> {
    const directory = join(state, 'trixie-ipxe');
    await mkdir(directory, { recursive: true });
    const within = './usr/lib/ipxe';
    await execa('tar', [
        ...['--extract', '--file', rootNamed(roots, 'trixie'), '--directory', directory],
        ...[`${within}/ipxe.lkrn`, `${within}/ipxe.efi`, `${within}/ipxe-amd64.efi`],
    ]);
    const file = (name: string) => join(directory, within, name);
    // ipxe.efi is a link to the one of this architecture.
    return { bios: file('ipxe.lkrn'), uefi: file('ipxe-amd64.efi') };
}
