import { expect } from 'vitest';
import { nobody } from '../booted-machine.ts';
import { importCredential } from '../cluster/auth.ts';
import { makeKey } from '../cluster/key.ts';
import { imageUsers } from '../cluster/truth.ts';
import { directAddress } from '../network/addresses.ts';
import type { Machine } from '../qemu/machine.ts';
import { rootMounted } from '../qemu/root-mounted.ts';
import { scenario } from '../scenario.ts';
import { hostIn } from '../site.ts';

/** With a slash in it, at which an older script cut its keys off. */
function keyWithSlash(): string {
    for (;;) {
        const key = makeKey();
        if (key.includes('/')) {
            return key;
        }
    }
}

function shown({ journal }: Machine): readonly string[] {
    return journal
        .all()
        .filter(({ source }) => source === 'console')
        .map(({ text }) => text);
}

scenario(
    {
        id: 'H33',
        title: 'a machine boots by boot=rbd and rbdroot= alone, and complains about the key in it',
        tier: 'night',
        machines: ['handover/migrant'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const { boot, lab } = scene;
        const { site } = await scene.site('handover');
        const host = hostIn(site, 'migrant');
        const key = keyWithSlash();
        // On this machine's command line it is for all to see, so it is one of no other use.
        await importCredential(lab.cluster, {
            entity: 'client.migrant',
            key,
            caps: {
                mon: 'profile rbd',
                osd: 'profile rbd pool=rbd namespace=handover, profile rbd-read-only pool=rbd namespace=golden',
            },
        });
        const bootif = host.mac.replaceAll(':', '-');
        const { pool, namespace, image } = host.image;
        const machine = await boot({
            machine: 'handover/migrant',
            lane: 'direct',
            withoutArchive: true,
            commandLine: (line) =>
                `${line} boot=rbd BOOTIF=01-${bootif} rbdroot=${lab.network.monitor}:migrant/${key}:${pool}/${namespace}/${image}::`,
            allowed: /RB237/,
        });
        await rootMounted(machine, 90);
        const address = directAddress(lab, host);
        expect(await imageUsers(lab.cluster, host.image)).toEqual({
            watchers: [address],
            owner: address,
        });
        const lines = shown(machine);
        expect(lines).toContain(
            'rbdboot[read-rbdroot] RB237: the key of client.migrant is on the kernel command line, where every user of this machine can read it',
        );
        expect(lines).toContainEqual(
            expect.stringMatching(/^ {2}to do: put it into the host archive with "rbdboot ipxe"/),
        );
        // The kernel itself prints its command line, and nobody else prints the key.
        const printed = lines.filter((text) => text.includes(key));
        expect(
            printed.filter(
                (text) => !/^\[ +[0-9.]+\] .*[Cc]ommand line(:| parameters) /.test(text),
            ),
        ).toEqual([]);
    },
);

scenario(
    {
        id: 'F41.older',
        title: 'an older argument with mount options is told where to write them',
        tier: 'night',
        machines: ['handover/options'],
        lane: 'direct',
        outcome: { code: 'RB236', within: 60 },
    },
    async (scene) => {
        const { boot, lab } = scene;
        const machine = await boot({
            commandLine: (line) =>
                `${line} root=rbd:${lab.network.monitor}:handover:secret:rbd:handover/options::noatime`,
        });
        const report = await machine.refused();
        expect(report).toMatchObject({
            step: 'read-rbdroot',
            what: 'root=rbd: on the kernel command line has mount options, which this initrd does not take from there',
            cure: expect.stringContaining('"rootFlags" of the hosts in the configuration'),
        });
        expect(await machine.image.users()).toEqual(nobody);
    },
);
