// What Debian 13 does otherwise than Debian 12, each with a machine of its own.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { nobody, only } from '../booted-machine.ts';
import { importCredential } from '../cluster/auth.ts';
import { makeKey } from '../cluster/key.ts';
import { at, noLease } from '../faults/vocabulary.ts';
import { everyNicByDhcp, waitOnline, write } from '../guest-commands.ts';
import { directAddress } from '../network/addresses.ts';
import { leasesOf } from '../qemu/boot-servers.ts';
import type { Machine } from '../qemu/machine.ts';
import { boots, mountsRoot, scenario } from '../scenario.ts';

/** The release of kernel and systemd that a machine says it runs. */
function releasesOf({ journal }: Machine): readonly (string | undefined)[] {
    const console = journal.all().filter(({ source }) => source === 'console');
    return [/Linux version (\d+\.\d+)/, /systemd\[1\]: systemd (\d+)/].map(
        (pattern) => console.map(({ text }) => pattern.exec(text)?.[1]).find(Boolean) ?? undefined,
    );
}

boots(
    {
        id: 'H36',
        title: 'Debian 13 is up, and systemd-networkd leaves the root its address',
        tier: 'night',
        machines: ['trixie/desk1'],
        lane: 'direct',
    },
    async ({ machine, report, scene, time }) => {
        const address = directAddress(scene.lab, machine.host);
        expect(releasesOf(machine)).toEqual(['6.12', '257']);
        expect(report.failedUnits).toBe('');
        const shell = await machine.logIn(30);
        if (time === 'first') {
            await shell.succeeds(`${everyNicByDhcp} && systemctl enable systemd-networkd`);
            await shell.succeeds('systemctl start systemd-networkd', 60);
        }
        await shell.succeeds(waitOnline(), 90);
        await shell.succeeds(`ip -4 addr show | grep -q -F ' ${address}/'`);
        // systemd 257 has rules for rbd, 252 has none.
        await shell.succeeds('[ "$(readlink -f /dev/disk/by-label/trixie)" = /dev/rbd0 ]');
        await shell.succeeds(write);
        shell.close();
        expect(await machine.image.users()).toEqual(only(address));
    },
);

mountsRoot(
    {
        id: 'H36.uefi',
        title: 'Debian 13 gets its own archive behind the shared initrd under UEFI',
        tier: 'night',
        machines: ['trixie/desk2'],
        firmware: 'uefi',
    },
    async ({ machine, scene }) => {
        const { served } = await scene.site('trixie');
        const base = await readFile(join(served, 'initrd.img'));
        expect(base.length % 512).toBe(0);
        const [address] = leasesOf(machine, machine.host.mac);
        expect(await machine.image.users()).toEqual(only(address));
    },
);

mountsRoot(
    {
        id: 'H36.dhcp',
        title: 'Debian 13 takes an address from DHCP',
        tier: 'night',
        machines: ['trixie/dhcp'],
        lane: 'direct',
    },
    async ({ machine }) => {
        const [address] = leasesOf(machine, machine.host.mac);
        expect(await machine.image.users()).toEqual(only(address));
    },
);

scenario(
    {
        id: 'F16.trixie',
        title: 'Debian 13 with the wrong key says so',
        tier: 'night',
        machines: ['trixie/stranger'],
        lane: 'direct',
        outcome: { code: 'RB204', within: 90 },
    },
    async (scene) => {
        const open = await scene.site('trixie');
        const credential = open.credentials.find(({ entity }) => entity === 'client.stranger');
        if (credential === undefined) {
            throw new Error('no credential for client.stranger');
        }
        const other = { ...credential, key: makeKey() };
        scene.guard(other.key);
        await importCredential(scene.lab.cluster, other);
        const machine = await scene.boot();
        const report = await machine.refused();
        expect(report).toMatchObject({
            step: 'map-image',
            what: 'the monitors rejected the key of client.stranger',
            cure: expect.stringContaining('ceph auth get client.stranger'),
            kernel: expect.arrayContaining([expect.stringContaining('authentication failed')]),
        });
        expect(await machine.image.users()).toEqual(nobody);
    },
);

scenario(
    {
        id: 'F01.trixie',
        title: 'Debian 13 that no DHCP server answers says so after a minute',
        tier: 'night',
        machines: ['trixie/dhcp'],
        lane: 'direct',
        outcome: { code: 'RB211', within: 120 },
    },
    async ({ boot }) => {
        const machine = await boot({ faults: [at('kernel', noLease())] });
        expect(await machine.refused()).toMatchObject({
            step: 'network',
            what: expect.stringMatching(/^no DHCP server gave an address to \w+$/),
            facts: { nic: expect.stringContaining(machine.host.mac) },
        });
        expect(await machine.image.users()).toEqual(nobody);
    },
);
