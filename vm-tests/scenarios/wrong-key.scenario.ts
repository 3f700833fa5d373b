import { expect } from 'vitest';
import { importCredential } from '../cluster/auth.ts';
import { makeKey } from '../cluster/key.ts';
import { imageUsers } from '../cluster/truth.ts';
import { failureReport } from '../qemu/failure-report.ts';
import { scenario } from '../scenario.ts';

scenario(
    {
        id: 'F16',
        title: 'a machine with the wrong key says so, and does not show it',
        tier: 'change',
        machines: ['reference'],
        outcome: { code: 'RB204', within: 60 },
    },
    async (scene) => {
        const { boot, guard, lab } = scene;
        const { cluster, credential, host } = lab;
        const other = { ...credential, key: makeKey() };
        guard(other.key);
        await importCredential(cluster, other);
        try {
            const machine = await boot({ allowed: /RB204/ });
            // As long as a boot that works, and no more.
            const report = await failureReport(machine, 'RB204', 60);
            expect(report).toMatchObject({
                step: 'map-image',
                what: `the monitors rejected the key of ${credential.entity}`,
                cure: expect.stringContaining(`ceph auth get ${credential.entity}`),
            });
            expect(await imageUsers(cluster, host.image)).toEqual({
                watchers: [],
                owner: undefined,
            });
            await machine.cutPower();
        } finally {
            await importCredential(cluster, credential);
        }
    },
);
