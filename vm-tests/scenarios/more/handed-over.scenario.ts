import { expect } from 'vitest';
import { printImageReference } from '../../../generator/model/image-reference.ts';
import { imageUsers } from '../../cluster/truth.ts';
import { failureReport } from '../../qemu/failure-report.ts';
import { scenarioAtOnce } from '../../scenario.ts';

const untouched = { watchers: [], owner: undefined };

scenarioAtOnce('a machine does not use an address that is none', async (scene) => {
    const { boot, lab } = scene;
    const machine = await boot({
        host: 'desk2',
        lane: 'direct',
        commandLine: (line) => line.replace(/(rbdboot\.address=)\S+/, '$110.77.0.300/24;reboot'),
        allowed: /RB203/,
    });
    const report = await failureReport(machine, 'RB203', 60);
    expect(report).toMatchObject({
        step: 'network',
        what: 'rbdboot.address on the kernel command line is not ADDRESS/NETMASK',
        cure: 'let the iPXE script hand rbdboot.address over as "rbdboot ipxe" writes it',
    });
    expect(await imageUsers(lab.cluster, scene.host('desk2').image)).toEqual(untouched);
});

scenarioAtOnce('a machine that nobody told who it is says what is missing', async (scene) => {
    const { boot, lab } = scene;
    const machine = await boot({
        host: 'dhcp',
        lane: 'direct',
        withoutArchive: true,
        allowed: /RB216/,
    });
    const report = await failureReport(machine, 'RB216', 60);
    expect(report.what).toMatch(/^rbdboot\.mac was not handed over/);
    expect(report.cure).toContain('load its host archive as a second initrd');
    expect(await imageUsers(lab.cluster, scene.host('dhcp').image)).toEqual(untouched);
});

scenarioAtOnce('a machine that was given no key says which file it lacks', async (scene) => {
    const { boot, lab } = scene;
    const { client, image, mac } = scene.host('desk1');
    const told = `rbdboot.mac=${mac} rbdboot.image=${printImageReference(image)} rbdboot.client=${client}`;
    const machine = await boot({
        host: 'desk1',
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
});
