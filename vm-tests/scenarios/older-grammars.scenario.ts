import { expect } from 'vitest';
import { nobody, only } from '../booted-machine.ts';
import { importCredential } from '../cluster/auth.ts';
import { makeKey } from '../cluster/key.ts';
import { directAddress } from '../network/addresses.ts';
import { mountsRoot, type Scene, scenario } from '../scenario.ts';
import type { BootOptions } from '../scene.ts';

/** With a slash in it, at which an older script cut its keys off. */
function keyWithSlash(): string {
    for (;;) {
        const key = makeKey();
        if (key.includes('/')) {
            return key;
        }
    }
}

// On this machine's command line it is for all to see, so it is one of no other use.
const key = keyWithSlash();

mountsRoot(
    {
        id: 'H33',
        title: 'a machine boots by boot=rbd and rbdroot= alone, and complains about the key in it',
        tier: 'night',
        machines: ['handover/migrant'],
        lane: 'direct',
    },
    async ({ machine, scene: { lab } }) => {
        const address = directAddress(lab, machine.host);
        expect(await machine.image.users()).toEqual(only(address));
        const lines = machine.console.lines();
        expect(lines).toContain(
            'rbdboot[read-rbdroot] RB237: the key of client.migrant is on the kernel command line, where every user of this machine can read it',
        );
        expect(lines).toContainEqual(
            expect.stringMatching(/^ {2}to do: put it into the host archive with "rbdboot ipxe"/),
        );
        // The kernel itself prints its command line, and nobody else prints the key.
        const printed = lines.filter((text) => text.includes(key));
        const byKernel = /^\[ +[0-9.]+\] .*[Cc]ommand line(:| parameters) /;
        expect(printed.filter((text) => !byKernel.test(text))).toEqual([]);
    },
    { withoutArchive: true, allowed: /RB237/, prepare: asMigrant },
);

/** Its client, and all that the machine is told, on its command line. */
async function asMigrant({ host, lab }: Scene): Promise<BootOptions> {
    const place = (namespace: string) => `pool=rbd namespace=${namespace}`;
    await importCredential(lab.cluster, {
        entity: 'client.migrant',
        key,
        caps: {
            mon: 'profile rbd',
            osd: `profile rbd ${place('handover')}, profile rbd-read-only ${place('golden')}`,
        },
    });
    const { image, mac } = await host();
    const bootif = `01-${mac.replaceAll(':', '-')}`;
    const path = `${image.pool}/${image.namespace}/${image.image}`;
    const rbdroot = `${lab.network.monitor}:migrant/${key}:${path}::`;
    return { commandLine: (line) => `${line} boot=rbd BOOTIF=${bootif} rbdroot=${rbdroot}` };
}

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
