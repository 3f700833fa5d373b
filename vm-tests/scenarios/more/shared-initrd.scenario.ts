import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { findLeaks } from '../../canary.ts';
import { imageUsers } from '../../cluster/truth.ts';
import { unpackInitrd } from '../../images/unpack-initrd.ts';
import { guestReport } from '../../qemu/report.ts';
import { rootMounted } from '../../qemu/root-mounted.ts';
import { type Scene, scenario } from '../../scenario.ts';
import { serveInitrd } from '../../sites/serve-site.ts';

scenario(
    'one initrd without any key boots two machines, each from its own image',
    async (scene) => {
        const fleet = await scene.site('fleet');
        await serveInitrd(scene.lab, fleet, scene.host('desk1'));
        const base = await readFile(join(fleet.served, 'initrd.img'));
        // UEFI puts the second initrd right behind the first, and the kernel looks at multiples of 4.
        expect(base.length % 512).toBe(0);
        const keys = fleet.credentials.map(({ key }) => key);
        expect(findLeaks({ initrd: base, unpacked: await unpackInitrd(base) }, keys)).toEqual([]);
        // Two at a time, as a room that gets its power back.
        await Promise.all([bootsFromOwnImage(scene, 'desk1'), bootsFromOwnImage(scene, 'desk2')]);
    },
);

scenario('the archive of a host arrives behind the shared initrd under UEFI too', async (scene) => {
    const { boot, lab } = scene;
    const { image } = scene.host('desk2');
    const machine = await boot({ host: 'desk2', firmware: 'uefi' });
    await rootMounted(machine, 180);
    const { watchers, owner } = await imageUsers(lab.cluster, image);
    expect(watchers).toEqual([owner]);
    expect(owner).toMatch(/^10\.77\.0\.1\d\d$/);
    // It was UEFI, and both initrds came over HTTP.
    const seen = machine.journal.all();
    expect(seen.some(({ text }) => /efi: EFI v/.test(text))).toBe(true);
    const fetched = seen.filter(({ source }) => source === 'http').map(({ text }) => text);
    expect(fetched).toContainEqual(expect.stringContaining('200 /sites/fleet/initrd.img '));
    expect(fetched).toContainEqual(expect.stringMatching(/^200 .*\/host\.cpio /));
});

async function bootsFromOwnImage({ boot, host, lab }: Scene, name: string): Promise<void> {
    const { image } = host(name);
    const machine = await boot({ host: name });
    const report = await guestReport(machine, 180);
    expect(report.images.map(({ sysfs }) => sysfs)).toMatchObject([
        { pool: image.pool, pool_ns: image.namespace, name: image.image },
    ]);
    expect(report.failedUnits).toBe('');
    const [address] = report.addresses;
    expect(report.commandLine).toContain(`rbdboot.address=${address}/255.255.255.0`);
    expect(await imageUsers(lab.cluster, image)).toEqual({ watchers: [address], owner: address });
}
