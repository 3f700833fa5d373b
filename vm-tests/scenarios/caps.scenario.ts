import { expect } from 'vitest';
import { nobody } from '../booted-machine.ts';
import { importCredential } from '../cluster/auth.ts';
import { commandIn, runCure } from '../cure.ts';
import { directAddress } from '../network/addresses.ts';
import { scenario } from '../scenario.ts';

const caps = (client: string) =>
    `give it the caps for that: ceph auth caps client.${client} mon 'profile rbd' osd 'profile rbd pool=rbd namespace=fleet'`;

const tooLittle = [
    { id: 'F17', client: 'outsider', title: 'a client of another namespace' },
    {
        id: 'F17.monitors',
        client: 'monitors-only',
        title: 'a client with caps for the monitors alone',
    },
    { id: 'F17.pool', client: 'other-pool', title: 'a client of another pool' },
] as const;

for (const { client, id, title } of tooLittle) {
    scenario(
        {
            id,
            title: `${title} may not map the image, and is told`,
            tier: 'night',
            machines: [`fleet/${client}`],
            lane: 'direct',
            outcome: { code: 'RB207', within: 60 },
        },
        async ({ boot }) => {
            const machine = await boot();
            expect(await machine.refused()).toMatchObject({
                step: 'map-image',
                what: `the caps of client.${client} do not allow it to map rbd/fleet/${client}`,
                cure: caps(client),
            });
            expect(await machine.image.users()).toEqual(nobody);
        },
    );
}

scenario(
    {
        id: 'F18',
        title: 'with "allow r" on the monitors a machine boots once; the command on its console mends that',
        tier: 'change',
        machines: ['fleet/weak'],
        lane: 'direct',
        outcome: { code: 'RB207', within: 100 },
    },
    async (scene) => {
        const { boot, lab } = scene;
        const { cluster } = lab;
        const host = await scene.host();
        const address = directAddress(lab, host);
        const { credentials } = await scene.site('fleet');
        const weak = credentials.find(({ entity }) => entity === 'client.weak');
        try {
            const first = await boot();
            await first.rootMounted(60);
            const stale = await first.image.owner();
            expect(stale?.address).toBe(address);
            await first.cutPower();

            // The old watch takes 30 s to go; then the lock could be broken, by who may.
            const second = await boot();
            const report = await second.refused();
            expect(report).toMatchObject({
                step: 'map-image',
                what: 'client.weak may not break the stale lock of rbd/fleet/weak',
                cure: caps('weak'),
            });
            expect(report.kernel).toContainEqual(expect.stringContaining('failed to blocklist'));
            expect(await second.image.users()).toEqual({ watchers: [], owner: address });
            expect(await second.image.owner()).toEqual(stale);
            await second.cutPower();

            await runCure(cluster, commandIn(report.cure, 'ceph'));
            const third = await boot();
            await third.rootMounted(60);
            expect(await third.image.users()).toEqual({ watchers: [address], owner: address });
            expect(await third.image.owner()).not.toEqual(stale);
        } finally {
            if (weak !== undefined) {
                await importCredential(cluster, weak);
            }
        }
    },
);
