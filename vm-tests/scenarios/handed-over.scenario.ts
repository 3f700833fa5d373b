import { expect } from 'vitest';
import { printImageReference } from '../../generator/model/image-reference.ts';
import { nobody } from '../booted-machine.ts';
import { scenario } from '../scenario.ts';

scenario(
    {
        id: 'F41.address',
        title: 'a machine does not use an address that is none',
        tier: 'night',
        machines: ['fleet/desk2'],
        lane: 'direct',
        outcome: { code: 'RB203', within: 60 },
    },
    async ({ boot }) => {
        const machine = await boot({
            commandLine: (line) =>
                line.replace(/(rbdboot\.address=)\S+/, '$110.77.0.300/24;reboot'),
        });
        const report = await machine.refused();
        expect(report).toMatchObject({
            step: 'network',
            what: 'rbdboot.address on the kernel command line is not ADDRESS/NETMASK',
            cure: 'let the iPXE script hand rbdboot.address over as "rbdboot ipxe" writes it',
        });
        expect(await machine.image.users()).toEqual(nobody);
    },
);

scenario(
    {
        id: 'F41.nothing',
        title: 'a machine that nobody told who it is says what is missing',
        tier: 'night',
        machines: ['fleet/dhcp'],
        lane: 'direct',
        outcome: { code: 'RB216', within: 60 },
    },
    async ({ boot }) => {
        const machine = await boot({
            withoutArchive: true,
        });
        const report = await machine.refused();
        expect(report.what).toMatch(/^rbdboot\.mac was not handed over/);
        expect(report.cure).toContain('load its host archive as a second initrd');
        expect(await machine.image.users()).toEqual(nobody);
    },
);

scenario(
    {
        id: 'F41.key',
        title: 'a machine that was given no key says which file it lacks',
        tier: 'night',
        machines: ['fleet/desk1'],
        lane: 'direct',
        outcome: { code: 'RB214', within: 60 },
    },
    async (scene) => {
        const { boot } = scene;
        const { client, image, mac } = await scene.host();
        const told = `rbdboot.mac=${mac} rbdboot.image=${printImageReference(image)} rbdboot.client=${client}`;
        const machine = await boot({
            // All of the host archive can stand there, but for the key.
            withoutArchive: true,
            commandLine: (line) => `${line} ${told}`,
        });
        const report = await machine.refused();
        expect(report).toMatchObject({
            step: 'map-image',
            what: `the initrd has no /etc/ceph/ceph.client.${client}.keyring`,
            cure: expect.stringContaining('host archive'),
        });
        expect(await machine.image.users()).toEqual(nobody);
    },
);
