import { expect } from 'vitest';
import { nobody } from '../booted-machine.ts';
import { importCredential } from '../cluster/auth.ts';
import { makeKey } from '../cluster/key.ts';
import { scenario } from '../scenario.ts';

scenario(
    {
        id: 'F16',
        title: 'a machine with the wrong key says so, and does not show it',
        tier: 'change',
        machines: ['reference'],
        outcome: { code: 'RB204', within: 60 },
    },
    async ({ boot, guard, lab: { cluster, credential } }) => {
        const other = { ...credential, key: makeKey() };
        guard(other.key);
        await importCredential(cluster, other);
        try {
            const machine = await boot();
            // As long as a boot that works, and no more.
            const report = await machine.refused();
            expect(report).toMatchObject({
                step: 'map-image',
                what: `the monitors rejected the key of ${credential.entity}`,
                cure: expect.stringContaining(`ceph auth get ${credential.entity}`),
            });
            expect(await machine.image.users()).toEqual(nobody);
            await machine.cutPower();
        } finally {
            await importCredential(cluster, credential);
        }
    },
);
