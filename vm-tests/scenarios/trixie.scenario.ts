// What Debian 13 does otherwise than Debian 12, each with a machine of its own.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { nobody } from '../booted-machine.ts';
import { importCredential } from '../cluster/auth.ts';
import { makeKey } from '../cluster/key.ts';
import { blocklist, imageUsers } from '../cluster/truth.ts';
import { directAddress } from '../network/addresses.ts';
import { whilePaused } from '../pause.ts';
import { logIn } from '../qemu/guest-shell.ts';
import type { Machine } from '../qemu/machine.ts';
import { guestReport } from '../qemu/report.ts';
import { rootMounted } from '../qemu/root-mounted.ts';
import { type Scene, scenario } from '../scenario.ts';
import { hostIn } from '../site.ts';

/** A host of the site, and a boot of it by the direct lane. */
async function machineOf(scene: Scene, name: string) {
    const { site } = await scene.site('trixie');
    const host = hostIn(site, name);
    const boot = () =>
        scene.boot({
            machine: `trixie/${name}`,
            lane: 'direct',
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
        id: 'F19.trixie',
        title: 'Debian 13 takes its own lock back after a power cut',
        tier: 'night',
        machines: ['trixie/desk1'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const first = await scene.boot();
        await first.rootMounted(120);
        const before = await first.image.owner();
        await first.cutPower();
        // The dead machine still has both.
        expect(await first.image.owner()).toEqual(before);
        expect(await first.image.watchers()).toHaveLength(1);

        const second = await scene.boot();
        await second.rootMounted(150);
        const after = await second.image.owner();
        expect(after?.address).toBe(before?.address);
        expect(after?.instance).not.toBe(before?.instance);
        expect(await blocklist(scene.lab.cluster)).toContain(before?.instance);
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
        const { machine, report } = await whilePaused(scene.lab.daemons.dhcp, async () => {
            const booted = await scene.boot();
            return { machine: booted, report: await booted.refused() };
        });
        expect(report).toMatchObject({
            step: 'network',
            what: expect.stringMatching(/^no DHCP server gave an address to \w+$/),
            facts: { nic: expect.stringContaining(machine.host.mac) },
        });
        expect(await machine.image.users()).toEqual(nobody);
    },
);
