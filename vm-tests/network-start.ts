import { copyFile } from 'node:fs/promises';
import { uefiFirmware } from './programs.ts';
import type { NetworkStart } from './qemu/arguments.ts';

/** What a machine has before anything is loaded from the network. */
export type Firmware = 'bios' | 'uefi';

/** Of a machine that no scenario says more of: what FIRMWARE says. */
export const usualFirmware: Firmware = process.env.FIRMWARE === 'uefi' ? 'uefi' : 'bios';

/**
 * The way of a machine in a rack to its kernel: firmware, iPXE, DHCP, HTTP.
 *
 * @param file the beginning of the name of a file in which UEFI keeps its variables.
 * @param ipxe under BIOS, a file that starts as iPXE. Default: the iPXE of the NIC.
 */
export async function networkStart(
    firmware: Firmware,
    file: string,
    ipxe?: string,
): Promise<NetworkStart> {
    if (firmware === 'bios') {
        return { lane: 'network', ...(ipxe === undefined ? {} : { ipxe }) };
    }
    const variables = `${file}.variables`;
    await copyFile(uefiFirmware.variables, variables);
    return { lane: 'network', uefi: { code: uefiFirmware.code, variables } };
}
