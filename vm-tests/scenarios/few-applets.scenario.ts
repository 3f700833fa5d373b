// Ubuntu's busybox-initramfs has neither base64 nor dd, and klibc's dd knows no status=none.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { imageUsers } from '../cluster/truth.ts';
import { unpackInitrd } from '../images/unpack-initrd.ts';
import { failureReport } from '../qemu/failure-report.ts';
import { rootMounted } from '../qemu/root-mounted.ts';
import { scenario } from '../scenario.ts';
import { hostIn } from '../site.ts';

scenario(
    {
        id: 'H31',
        title: 'an initrd with few applets boots with programs of the system',
        tier: 'night',
        machines: ['few-applets/desk1'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const { served, site } = await scene.site('few-applets');
        const machine = await scene.boot({ machine: 'few-applets/desk1', lane: 'direct' });
        await rootMounted(machine, 150);
        // The premise: dd and base64 are not those of busybox.
        const initrd = await unpackInitrd(await readFile(join(served, 'initrd.img')));
        expect(initrd.includes('GNU coreutils')).toBe(true);
        const { watchers, owner } = await imageUsers(
            scene.lab.cluster,
            hostIn(site, 'desk1').image,
        );
        expect(watchers).toEqual([owner]);
        expect(owner).toMatch(/^10\.77\.0\.1\d\d$/);
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
        const machine = await scene.boot({
            machine: 'few-applets/no-image',
            lane: 'direct',
            allowed: /RB206/,
        });
        const report = await failureReport(machine, 'RB206', 120);
        expect(report).toMatchObject({
            step: 'map-image',
            what: expect.stringContaining(hostIn(site, 'no-image').image.image),
            kernel: expect.arrayContaining([expect.stringContaining('does not exist')]),
        });
        // klibc's reboot is there in the place of busybox's.
        expect(await machine.ended).toBe('ended with status 0');
    },
);
