import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { imageUsers } from '../cluster/truth.ts';
import { trixieIpxe } from '../images/trixie-ipxe.ts';
import { rootMounted } from '../qemu/root-mounted.ts';
import { scenario } from '../scenario.ts';
import { hostIn } from '../site.ts';

for (const firmware of ['bios', 'uefi'] as const) {
    scenario(
        {
            id: `H35.${firmware}`,
            title: `under ${firmware.toUpperCase()} the iPXE of Debian 13 loads the archive of a host behind the shared initrd`,
            tier: 'night',
            machines: ['handover/trixie'],
            firmware,
            outcome: 'up',
        },
        async (scene) => {
            const { boot, lab } = scene;
            const { site } = await scene.site('handover');
            const { image } = hostIn(site, 'trixie');
            const ipxe = await trixieIpxe(lab);
            // The lab's DHCP server names it to this machine's firmware.
            await copyFile(ipxe.uefi, join(lab.served, 'trixie.efi'));
            const machine = await boot({
                machine: 'handover/trixie',
                firmware,
                ...(firmware === 'bios' ? { ipxe: ipxe.bios } : {}),
            });
            await rootMounted(machine, 240);
            const { owner, watchers } = await imageUsers(lab.cluster, image);
            expect(watchers).toEqual([owner]);
            expect(owner).toMatch(/^10\.77\.0\.1\d\d$/);
            const console = machine.journal
                .all()
                .filter(({ source }) => source === 'console')
                .map(({ text }) => text);
            expect(console).toContainEqual(expect.stringMatching(/iPXE 1\.21\.1/));
            expect(console.some((text) => /efi: EFI v/.test(text))).toBe(firmware === 'uefi');
        },
    );
}
