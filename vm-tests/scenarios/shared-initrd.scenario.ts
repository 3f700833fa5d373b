import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { findLeaks } from '../canary.ts';
import { imageUsers } from '../cluster/truth.ts';
import { unpackInitrd } from '../images/unpack-initrd.ts';
import { guestReport } from '../qemu/report.ts';
import { boots, type Scene, scenario } from '../scenario.ts';
import type { MachineName } from '../scenario-plan.ts';
import { serveInitrd } from '../sites/serve-site.ts';

scenario(
    {
        id: 'H34',
        title: 'one initrd without any key boots two machines, each from its own image',
        tier: 'night',
        machines: ['fleet/desk1', 'fleet/desk2'],
        together: 2,
        once: 'two machines at the same time',
        outcome: 'up',
    },
    async (scene) => {
        const fleet = await scene.site('fleet');
        await serveInitrd(scene.lab, fleet, await scene.host('fleet/desk1'));
        const base = await readFile(join(fleet.served, 'initrd.img'));
        // UEFI puts the second initrd right behind the first, and the kernel looks at multiples of 4.
        expect(base.length % 512).toBe(0);
        const keys = fleet.credentials.map(({ key }) => key);
        expect(findLeaks({ initrd: base, unpacked: await unpackInitrd(base) }, keys)).toEqual([]);
        // Two at a time, as a room that gets its power back.
        await Promise.all([
            bootsFromOwnImage(scene, 'fleet/desk1'),
            bootsFromOwnImage(scene, 'fleet/desk2'),
        ]);
    },
);

boots(
    {
        id: 'H02',
        title: 'the archive of a host arrives behind the shared initrd under UEFI too',
        tier: 'change',
        machines: ['fleet/desk2'],
        firmware: 'uefi',
    },
    async ({ machine, report }) => {
        const [address] = report.addresses;
        expect(await machine.image.users()).toEqual({ watchers: [address], owner: address });
        expect(address).toMatch(/^10\.77\.0\.1\d\d$/);
        // It was UEFI, and both initrds came over HTTP.
        expect(machine.console.text()).toMatch(/efi: EFI v/);
        const fetched = machine.journal.all().filter(({ source }) => source === 'http');
        const requests = fetched.map(({ text }) => text);
        expect(requests).toContainEqual(expect.stringContaining('200 /sites/fleet/initrd.img '));
        expect(requests).toContainEqual(expect.stringMatching(/^200 .*\/host\.cpio /));
    },
);

async function bootsFromOwnImage({ boot, host, lab }: Scene, machine: MachineName): Promise<void> {
    const { image } = await host(machine);
    const report = await guestReport(await boot({ machine }), 180);
    expect(report.images.map(({ sysfs }) => sysfs)).toMatchObject([
        { pool: image.pool, pool_ns: image.namespace, name: image.image },
    ]);
    expect(report.failedUnits).toBe('');
    const [address] = report.addresses;
    expect(report.commandLine).toContain(`rbdboot.address=${address}/255.255.255.0`);
    expect(await imageUsers(lab.cluster, image)).toEqual({ watchers: [address], owner: address });
}
