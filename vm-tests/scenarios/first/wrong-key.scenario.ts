import { expect } from 'vitest';
import { importCredential } from '../../cluster/auth.ts';
import { makeKey } from '../../cluster/key.ts';
import { imageWatchers, lockOwner } from '../../cluster/truth.ts';
import type { Observation } from '../../journal.ts';
import { scenario } from '../../scenario.ts';

/** Seconds from power-on: as long as a boot that works, and no more. */
const bound = 60;

const shows =
    (pattern: RegExp) =>
    ({ source, text }: Observation) =>
        source === 'console' && pattern.test(text);

scenario('a machine with the wrong key says so, and does not show it', async (scene) => {
    const { boot, guard, lab } = scene;
    const { cluster, credential, host } = lab;
    const other = { ...credential, key: makeKey() };
    guard(other.key);
    await importCredential(cluster, other);
    try {
        const machine = await boot({ allowed: /RB204/ });
        const { journal } = machine;
        const failure = await journal.waitFor('RB204', shows(/RB204/), bound);
        expect(failure.text).toMatch(
            /^rbdboot\[map-image\] RB204: the monitors rejected the key of /,
        );
        expect(failure.text).toContain(credential.entity);
        const cure = await journal.waitFor('what to do', shows(/^\s*to do:/), 5);
        expect(cure.text).toContain(`ceph auth get ${credential.entity}`);
        // The end of the message: nothing of it comes later.
        await journal.waitFor('the end of the message', shows(/reboots in 60 seconds/), 5);

        expect(await imageWatchers(cluster, host.image)).toEqual([]);
        expect(await lockOwner(cluster, host.image)).toBeUndefined();
        await machine.cutPower();
    } finally {
        await importCredential(cluster, credential);
    }
});
