import { expect } from 'vitest';
import { importCredential } from '../cluster/auth.ts';
import { imageUsers, lockOwner } from '../cluster/truth.ts';
import { commandIn, runCure } from '../cure.ts';
import { directAddress } from '../network/addresses.ts';
import { failureReport } from '../qemu/failure-report.ts';
import { rootMounted } from '../qemu/root-mounted.ts';
import { scenario } from '../scenario.ts';

const caps = (client: string) =>
    `give it the caps for that: ceph auth caps client.${client} mon 'profile rbd' osd 'profile rbd pool=rbd namespace=fleet'`;

scenario(
    {
        id: 'F17',
        title: 'a client of another namespace may not map the image, and is told',
        tier: 'night',
        machines: ['fleet/outsider'],
        lane: 'direct',
        outcome: { code: 'RB207', within: 60 },
    },
    async (scene) => {
        const { boot, lab } = scene;
        const machine = await boot({ machine: 'fleet/outsider', lane: 'direct', allowed: /RB207/ });
        const report = await failureReport(machine, 'RB207', 60);
        expect(report).toMatchObject({
            step: 'map-image',
            what: 'the caps of client.outsider do not allow it to map rbd/fleet/outsider',
            cure: caps('outsider'),
        });
        const { image } = await scene.host('fleet/outsider');
        expect(await imageUsers(lab.cluster, image)).toEqual({ watchers: [], owner: undefined });
    },
);

scenario(
    {
        id: 'F18',
        title: 'with "allow r" on the monitors a machine boots once; the command on its console mends that',
        tier: 'change',
        machines: ['fleet/weak'],
        lane: 'direct',
        outcome: { code: 'RB207', within: 90 },
    },
    async (scene) => {
        const { boot, lab } = scene;
        const { cluster } = lab;
        const host = await scene.host('fleet/weak');
        const address = directAddress(lab, host);
        const { credentials } = await scene.site('fleet');
        const weak = credentials.find(({ entity }) => entity === 'client.weak');
        try {
            const first = await boot({ machine: 'fleet/weak', lane: 'direct' });
            await rootMounted(first, 60);
            const stale = await lockOwner(cluster, host.image);
            expect(stale?.address).toBe(address);
            await first.cutPower();

            // The old watch takes 30 s to go; then the lock could be broken, by who may.
            const second = await boot({ machine: 'fleet/weak', lane: 'direct', allowed: /RB207/ });
            const report = await failureReport(second, 'RB207', 100);
            expect(report).toMatchObject({
                step: 'map-image',
                what: 'client.weak may not break the stale lock of rbd/fleet/weak',
                cure: caps('weak'),
            });
            expect(report.kernel).toContainEqual(expect.stringContaining('failed to blocklist'));
            expect(await imageUsers(cluster, host.image)).toEqual({ watchers: [], owner: address });
            expect(await lockOwner(cluster, host.image)).toEqual(stale);
            await second.cutPower();

            await runCure(cluster, commandIn(report.cure, 'ceph'));
            await rootMounted(await boot({ machine: 'fleet/weak', lane: 'direct' }), 60);
            expect(await imageUsers(cluster, host.image)).toEqual({
                watchers: [address],
                owner: address,
            });
            expect(await lockOwner(cluster, host.image)).not.toEqual(stale);
        } finally {
            if (weak !== undefined) {
                await importCredential(cluster, weak);
            }
        }
    },
);
