import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { only } from '../booted-machine.ts';
import { findLeaks } from '../canary.ts';
import { unpackInitrd } from '../images/unpack-initrd.ts';
import { networkSize } from '../network/plan.ts';
import { leasesOf } from '../qemu/boot-servers.ts';
import { bootTwice, mountsRoot, scenario } from '../scenario.ts';
import { serveInitrd } from '../sites/serve-site.ts';
import { rootIsMounted } from '../until.ts';

scenario(
    {
        id: 'H34',
        title: 'one initrd without any key boots two machines, each from its own image',
        tier: 'night',
        machines: ['fleet/desk1', 'fleet/desk2'],
        together: 2,
        outcome: 'up',
    },
    async (scene) => {
        const fleet = await scene.site('fleet');
        await serveInitrd(scene.lab, fleet, await scene.host());
        const base = await readFile(join(fleet.served, 'initrd.img'));
        // UEFI puts the second initrd right behind the first, and the kernel looks at multiples of 4.
        expect(base.length % 512).toBe(0);
        const keys = fleet.credentials.map(({ key }) => key);
        expect(findLeaks({ initrd: base, unpacked: await unpackInitrd(base) }, keys)).toEqual([]);
        // Two at a time, as a room that gets its power back.
        const machines = ['fleet/desk1', 'fleet/desk2'] as const;
        await Promise.all(
            machines.map((machine) =>
                bootTwice({
                    scene,
                    options: { machine },
                    until: rootIsMounted,
                    check: async (up) => {
                        const [address] = leasesOf(up.machine, up.machine.host.mac);
                        expect(await up.machine.image.users()).toEqual(only(address));
                        expect(up.machine.console.text()).toContain(
                            `rbdboot.address=${address}/${networkSize.netmask}`,
                        );
                    },
                }),
            ),
        );
    },
);

mountsRoot(
    {
        id: 'H02',
        title: 'the archive of a host arrives behind the shared initrd under UEFI too',
        tier: 'change',
        machines: ['fleet/desk2'],
        firmware: 'uefi',
    },
    async ({ machine }) => {
        const [address] = leasesOf(machine, machine.host.mac);
        expect(await machine.image.users()).toEqual(only(address));
        // It was UEFI, and both initrds came over HTTP.
        expect(machine.console.text()).toMatch(/efi: EFI v/);
        const fetched = machine.journal.all().filter(({ source }) => source === 'http');
        const requests = fetched.map(({ text }) => text);
        expect(requests).toContainEqual(expect.stringContaining('200 /sites/fleet/initrd.img '));
        expect(requests).toContainEqual(expect.stringMatching(/^200 .*\/host\.cpio /));
    },
);
