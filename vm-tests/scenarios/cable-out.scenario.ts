// The cable of a machine is out for 10 s, at one moment after the other of its way up.
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { only } from '../booted-machine.ts';
import { at, cutCable } from '../faults/vocabulary.ts';
import { directAddress } from '../network/addresses.ts';
import type { PhaseName } from '../phase-name.ts';
import { scenario } from '../scenario.ts';
import { isUp } from '../until.ts';

/** Writes, and reads back from the cluster what was written. */
const intact = [
    'dd if=/dev/urandom of=/root/proof bs=64k count=64 conv=fsync status=none',
    'sha256sum /root/proof > /root/sum',
    'sync',
    'echo 3 > /proc/sys/vm/drop_caches',
    'sha256sum --status -c /root/sum',
].join(' && ');

const moments: readonly (readonly [string, PhaseName, string])[] = [
    ['network', 'rbdboot: load-modules', 'when its NIC comes up'],
    ['map', 'rbdboot: map-image', 'when it maps its image'],
    ['mount', 'rbdboot: mount-root', 'when it mounts its root'],
    ['switch', 'root is mounted', 'when it goes over to the real system'],
];

for (const [index, [name, phase, words]] of moments.entries()) {
    scenario(
        {
            id: `F05.${name}`,
            title: `a machine that loses its cable for 10 s ${words} comes up`,
            tier: 'night',
            machines: [`faults/desk${index + 1}`],
            lane: 'direct',
            outcome: 'up',
        },
        async ({ boot, lab }) => {
            const out = at(phase, cutCable()).lasting(10);
            const machine = await boot({ faults: [out] });
            const report = await isUp(machine);
            expect(report.failedUnits).toBe('');
            expect(report.root?.options).toMatch(/^rw/);
            const shell = await machine.logIn(30);
            await shell.succeeds(intact, 60);
            shell.close();
            const address = directAddress(lab, machine.host);
            expect(await machine.image.users()).toEqual(only(address));
        },
    );
}

scenario(
    {
        id: 'F05.multi-user',
        title: 'a machine that loses its cable for 10 s while it writes keeps what it wrote',
        tier: 'night',
        machines: ['faults/desk1'],
        lane: 'direct',
        outcome: 'up',
    },
    async ({ boot }) => {
        const first = await boot();
        await isUp(first);
        const shell = await first.logIn(30);
        // Goes on until well after the cable is in again.
        const writing =
            'for one in $(seq 20); do dd if=/dev/urandom of=/root/$one bs=64k count=16 conv=fsync status=none && sleep 1 || break; done; sha256sum $(seq -f /root/%g 20) > /root/sums && sync';
        await Promise.all([
            shell.succeeds(writing, 120),
            delay(3000).then(() => first.during(cutCable(), () => delay(10_000))),
        ]);
        shell.close();
        const before = await first.image.owner();
        await first.cutPower();

        const second = await boot();
        await isUp(second);
        // Its file system had nothing to mend but its journal.
        expect(second.console.text()).not.toMatch(/e2fsck found errors/);
        const again = await second.logIn(30);
        await again.succeeds('sha256sum --status -c /root/sums', 60);
        again.close();
        expect((await second.image.owner())?.instance).not.toBe(before?.instance);
    },
);
