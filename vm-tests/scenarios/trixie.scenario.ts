// What Debian 13 does otherwise than Debian 12, each with a machine of its own.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { importCredential } from '../cluster/auth.ts';
import { makeKey } from '../cluster/key.ts';
import { blocklist, imageUsers, imageWatchers, lockOwner } from '../cluster/truth.ts';
import { directAddress } from '../network/addresses.ts';
import { whilePaused } from '../pause.ts';
import { failureReport } from '../qemu/failure-report.ts';
import { logIn } from '../qemu/guest-shell.ts';
import type { Machine } from '../qemu/machine.ts';
import { guestReport } from '../qemu/report.ts';
import { rootMounted } from '../qemu/root-mounted.ts';
import { type Scene, scenario } from '../scenario.ts';
import { hostIn } from '../site.ts';

const untouched = { watchers: [], owner: undefined };

/** A host of the site, and a boot of it by the direct lane. */
async function machineOf(scene: Scene, name: string, allowed?: RegExp) {
    const { site } = await scene.site('trixie');
    const host = hostIn(site, name);
    const boot = () =>
        scene.boot({
            machine: `trixie/${name}`,
            lane: 'direct',
            ...(allowed === undefined ? {} : { allowed }),
        });
    return { host, boot };
}

/** The release of kernel and systemd that a machine says it runs. */
function releasesOf({ journal }: Machine): readonly (string | undefined)[] {
    const console = journal.all().filter(({ source }) => source === 'console');
    return [/Linux version (\d+\.\d+)/, /systemd\[1\]: systemd (\d+)/].map(
        (pattern) => console.map(({ text }) => pattern.exec(text)?.[1]).find(Boolean) ?? undefined,
    );
}

scenario(
    {
        id: 'H36',
        title: 'Debian 13 is up, and systemd-networkd leaves the root its address',
        tier: 'night',
        machines: ['trixie/desk1'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const { host, boot } = await machineOf(scene, 'desk1');
        const address = directAddress(scene.lab, host);
        const machine = await boot();
        const report = await guestReport(machine, 180);
        expect(releasesOf(machine)).toEqual(['6.12', '257']);
        expect(report.failedUnits).toBe('');
        const shell = await logIn(machine, 30);
        const everyNic = String.raw`printf '[Match]\nName=en*\n[Network]\nDHCP=ipv4\n' > /etc/systemd/network/50-all.network`;
        expect(await shell.run(everyNic, 20)).toBe(0);
        expect(await shell.run('systemctl start systemd-networkd', 60)).toBe(0);
        expect(await shell.run('/lib/systemd/systemd-networkd-wait-online --timeout=60', 90)).toBe(
            0,
        );
        expect(await shell.run(`ip -4 addr show | grep -q -F ' ${address}/'`, 20)).toBe(0);
        // systemd 257 has rules for rbd, 252 has none.
        expect(
            await shell.run('[ "$(readlink -f /dev/disk/by-label/trixie)" = /dev/rbd0 ]', 20),
        ).toBe(0);
        const write = 'dd if=/dev/urandom of=/root/proof bs=64k count=16 conv=fsync status=none';
        expect(await shell.run(`${write} && sync`, 30)).toBe(0);
        expect(await imageUsers(scene.lab.cluster, host.image)).toEqual({
            watchers: [address],
            owner: address,
        });
        shell.close();
    },
);

scenario(
    {
        id: 'H36.uefi',
        title: 'Debian 13 gets its own archive behind the shared initrd under UEFI',
        tier: 'night',
        machines: ['trixie/desk2'],
        firmware: 'uefi',
        outcome: 'up',
    },
    async (scene) => {
        const open = await scene.site('trixie');
        const machine = await scene.boot({ machine: 'trixie/desk2', firmware: 'uefi' });
        await rootMounted(machine, 240);
        const base = await readFile(join(open.served, 'initrd.img'));
        expect(base.length % 512).toBe(0);
        const { watchers, owner } = await imageUsers(
            scene.lab.cluster,
            hostIn(open.site, 'desk2').image,
        );
        expect(watchers).toEqual([owner]);
        expect(owner).toMatch(/^10\.77\.0\.1\d\d$/);
    },
);

scenario(
    {
        id: 'H36.dhcp',
        title: 'Debian 13 takes an address from DHCP',
        tier: 'night',
        machines: ['trixie/dhcp'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const { host, boot } = await machineOf(scene, 'dhcp');
        const machine = await boot();
        await rootMounted(machine, 120);
        const { watchers, owner } = await imageUsers(scene.lab.cluster, host.image);
        expect(watchers).toEqual([owner]);
        expect(owner).toMatch(/^10\.77\.0\.1\d\d$/);
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
        const { host, boot } = await machineOf(scene, 'stranger', /RB204/);
        const open = await scene.site('trixie');
        const credential = open.credentials.find(({ entity }) => entity === 'client.stranger');
        if (credential === undefined) {
            throw new Error('no credential for client.stranger');
        }
        const other = { ...credential, key: makeKey() };
        scene.guard(other.key);
        await importCredential(scene.lab.cluster, other);
        const report = await failureReport(await boot(), 'RB204', 90);
        expect(report).toMatchObject({
            step: 'map-image',
            what: 'the monitors rejected the key of client.stranger',
            cure: expect.stringContaining('ceph auth get client.stranger'),
            kernel: expect.arrayContaining([expect.stringContaining('authentication failed')]),
        });
        expect(await imageUsers(scene.lab.cluster, host.image)).toEqual(untouched);
    },
);

scenario(
    {
        id: 'F19.trixie',
        title: 'Debian 13 takes its own lock back after a power cut',
        tier: 'night',
        machines: ['trixie/desk1'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const { cluster } = scene.lab;
        const { host, boot } = await machineOf(scene, 'desk1');
        const first = await boot();
        await rootMounted(first, 120);
        const before = await lockOwner(cluster, host.image);
        await first.cutPower();
        // The dead machine still has both.
        expect(await lockOwner(cluster, host.image)).toEqual(before);
        expect(await imageWatchers(cluster, host.image)).toHaveLength(1);

        await rootMounted(await boot(), 150);
        const after = await lockOwner(cluster, host.image);
        expect(after?.address).toBe(before?.address);
        expect(after?.instance).not.toBe(before?.instance);
        expect(await blocklist(cluster)).toContain(before?.instance);
    },
);

scenario(
    {
        id: 'F01.trixie',
        title: 'Debian 13 that no DHCP server answers says so after a minute',
        tier: 'night',
        machines: ['trixie/dhcp'],
        lane: 'direct',
        cluster: 'alone',
        outcome: { code: 'RB211', within: 120 },
    },
    async (scene) => {
        const { host, boot } = await machineOf(scene, 'dhcp', /RB211/);
        const report = await whilePaused(scene.lab.daemons.dhcp, async () =>
            failureReport(await boot(), 'RB211', 120),
        );
        expect(report).toMatchObject({
            step: 'network',
            what: expect.stringMatching(/^no DHCP server gave an address to \w+$/),
            facts: { nic: expect.stringContaining(host.mac) },
        });
        expect(await imageUsers(scene.lab.cluster, host.image)).toEqual(untouched);
    },
);
