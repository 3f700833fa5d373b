import { expect } from 'vitest';
import { printImageReference } from '../../generator/model/image-reference.ts';
import { imageUsers } from '../cluster/truth.ts';
import { failureReport } from '../qemu/failure-report.ts';
import { scenario } from '../scenario.ts';

const untouched = { watchers: [], owner: undefined };

scenario(
    {
        id: 'F41.address',
        title: 'a machine does not use an address that is none',
        tier: 'night',
        machines: ['fleet/desk2'],
        lane: 'direct',
        outcome: { code: 'RB203', within: 60 },
    },
    async (scene) => {
        const { boot, lab } = scene;
        const machine = await boot({
            machine: 'fleet/desk2',
            lane: 'direct',
            commandLine: (line) =>
                line.replace(/(rbdboot\.address=)\S+/, '$110.77.0.300/24;reboot'),
            allowed: /RB203/,
        });
        const report = await failureReport(machine, 'RB203', 60);
        expect(report).toMatchObject({
            step: 'network',
            what: 'rbdboot.address on the kernel command line is not ADDRESS/NETMASK',
            cure: 'let the iPXE script hand rbdboot.address over as "rbdboot ipxe" writes it',
        });
        expect(await imageUsers(lab.cluster, (await scene.host('fleet/desk2')).image)).toEqual(
            untouched,
        );
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
    async (scene) => {
        const { boot, lab } = scene;
        const machine = await boot({
            machine: 'fleet/dhcp',
            lane: 'direct',
            withoutArchive: true,
            allowed: /RB216/,
        });
        const report = await failureReport(machine, 'RB216', 60);
        expect(report.what).toMatch(/^rbdboot\.mac was not handed over/);
        expect(report.cure).toContain('load its host archive as a second initrd');
        expect(await imageUsers(lab.cluster, (await scene.host('fleet/dhcp')).image)).toEqual(
            untouched,
        );
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
        const { boot, lab } = scene;
        const { client, image, mac } = await scene.host('fleet/desk1');
        const told = `rbdboot.mac=${mac} rbdboot.image=${printImageReference(image)} rbdboot.client=${client}`;
        const machine = await boot({
            machine: 'fleet/desk1',
            lane: 'direct',
            // All of the host archive can stand there, but for the key.
            withoutArchive: true,
            commandLine: (line) => `${line} ${told}`,
            allowed: /RB214/,
        });
        const report = await failureReport(machine, 'RB214', 60);
        expect(report).toMatchObject({
            step: 'map-image',
            what: `the initrd has no /etc/ceph/ceph.client.${client}.keyring`,
            cure: expect.stringContaining('host archive'),
        });
        expect(await imageUsers(lab.cluster, image)).toEqual(untouched);
    },
);
