// Ubuntu's busybox-initramfs has neither base64 nor dd, and klibc's dd knows no status=none.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { only } from '../booted-machine.ts';
import { unpackInitrd } from '../images/unpack-initrd.ts';
import { leasesOf } from '../qemu/boot-servers.ts';
import { mountsRoot, scenario } from '../scenario.ts';
import { hostIn } from '../site.ts';

mountsRoot(
    {
        id: 'H31',
        title: 'an initrd with few applets boots with programs of the system',
        tier: 'night',
        machines: ['few-applets/desk1'],
        lane: 'direct',
    },
    async ({ machine, scene }) => {
        // The premise: dd and base64 are not those of busybox.
        const { served } = await scene.site('few-applets');
        const initrd = await unpackInitrd(await readFile(join(served, 'initrd.img')));
        expect(initrd.includes('GNU coreutils')).toBe(true);
        const [address] = leasesOf(machine, machine.host.mac);
        expect(await machine.image.users()).toEqual(only(address));
    },
);

scenario(
    {
        id: 'F40',
        title: 'an initrd with few applets tells why it fails as any other does',
        tier: 'night',
        machines: ['few-applets/no-image'],
        lane: 'direct',
        outcome: { code: 'RB206', within: 120 },
    },
    async (scene) => {
        const { site } = await scene.site('few-applets');
        const machine = await scene.boot();
        const report = await machine.refused();
        expect(report).toMatchObject({
            step: 'map-image',
            what: expect.stringContaining(hostIn(site, 'no-image').image.image),
            kernel: expect.arrayContaining([expect.stringContaining('does not exist')]),
        });
        // klibc's reboot is there in the place of busybox's.
        expect(await machine.switchedOff()).toBe('ended with status 0');
    },
);
