import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { only } from '../booted-machine.ts';
import { trixieIpxe } from '../images/trixie-ipxe.ts';
import { leasesOf } from '../qemu/boot-servers.ts';
import { mountsRoot } from '../scenario.ts';

for (const firmware of ['bios', 'uefi'] as const) {
    mountsRoot(
        {
            id: `H35.${firmware}`,
            title: `under ${firmware.toUpperCase()} the iPXE of Debian 13 loads the archive of a host behind the shared initrd`,
            tier: 'night',
            machines: ['handover/trixie'],
            firmware,
        },
        async ({ machine }) => {
            const [address] = leasesOf(machine, machine.host.mac);
            expect(await machine.image.users()).toEqual(only(address));
            const console = machine.console.text();
            expect(console).toMatch(/iPXE 1\.21\.1/);
            expect(/efi: EFI v/.test(console)).toBe(firmware === 'uefi');
        },
        {
            prepare: async ({ lab }) => {
                const ipxe = await trixieIpxe(lab);
                // The lab's DHCP server names it to this machine's firmware.
                await copyFile(ipxe.uefi, join(lab.served, 'trixie.efi'));
                return firmware === 'bios' ? { ipxe: ipxe.bios } : {};
            },
        },
    );
}
