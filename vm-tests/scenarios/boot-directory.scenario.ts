import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { BootedMachine } from '../booted-machine.ts';
import { keyIn } from '../cluster/key.ts';
import { ceph } from '../cluster/truth.ts';
import { bootHost } from '../images/boot-directory.ts';
import type { Lab } from '../lab.ts';
import type { GuestShell } from '../qemu/guest-shell.ts';
import { boots } from '../scenario.ts';

const site = 'boot-directory';
const directory = `/sites/${site}/cephfs/cephfs/${bootHost.path}`;
const monitor = '10.77.0.10:6789';
const options = `name=${bootHost.client},key=client.${bootHost.client},mds_namespace=cephfs`;

/** Mounts with the machine's own key: in a session that looks into root's keyring. */
const mount = (path: string) =>
    `/usr/lib/rbdboot/boot-key && mkdir -p /mnt/other && keyctl session - sh -c 'keyctl link @u @s && mount -t ceph ${monitor}:${path} /mnt/other -o ${options}'`;

/** Tells apart what the machine makes of its initrd from what it booted first. */
const generation = '/etc/initramfs-tools/scripts/init-top/generation';
const secondGeneration = String.raw`printf '#!/bin/sh\necho an initrd of this machine > /dev/console\n' > ${generation} && chmod 755 ${generation}`;

boots(
    {
        id: 'H24',
        title: 'a machine boots the initrd that it made itself, from its own /boot in CephFS',
        tier: 'night',
        machines: ['boot-directory/*'],
        minutes: 15,
    },
    async (up) => {
        const { machine, report, scene, time } = up;
        expect(report.failedUnits).toBe('');
        expect(bootFilesSent(machine)).toEqual([
            `200 ${directory}/boot-files.ipxe`,
            expect.stringContaining(`200 ${directory}/vmlinuz-`),
            expect.stringContaining(`200 ${directory}/initrd.img-`),
        ]);
        const shell = await machine.logIn(60);
        await shell.succeeds('test "$(findmnt -no FSTYPE /boot)" = ceph');
        const booted = machine.console.lines().includes('an initrd of this machine');
        expect(booted).toBe(time === 'after a power cut');
        if (time === 'first') {
            await keyIsNowhere(shell);
            await cannotReachOthers(shell);
            await servesWhatIsWritten(shell, scene.lab);
            // A machine that loses its power with what it wrote still open keeps it from the boot server
            // until the MDS gives it up, after a minute: iPXE says that the initrd does not come.
            await shell.succeeds('umount /boot', 60);
        } else {
            await doesWithout(shell, scene.lab);
        }
        shell.close();
    },
    {
        machine: `${site}/${bootHost.name}`,
        allowed: /libceph/,
        prepare: async ({ guard, site: open }) => {
            await open(site);
            const keyring = `/etc/ceph/ceph.client.${bootHost.client}.keyring`;
            guard(keyIn(await readFile(keyring, 'utf8')) ?? '');
        },
    },
);

/** What iPXE asked for of the boot directory, and for no other files with these names. */
function bootFilesSent({ journal }: BootedMachine): readonly string[] {
    return journal
        .all()
        .filter(({ source, text }) => source === 'http' && /vmlinuz|initrd|boot-files/.test(text))
        .map(({ text }) => text.replace(/^(\d+) (\S+) .*$/, '$1 $2'));
}

/** What the machine writes, the boot server has: a new initrd too, with its name. */
async function servesWhatIsWritten(shell: GuestShell, lab: Lab): Promise<void> {
    await shell.succeeds('echo mine > /boot/proof && sync -f /boot/proof');
    expect(await served(lab, `${directory}/proof`)).toEqual({ status: 200, text: 'mine\n' });
    await shell.succeeds(`rm /boot/boot-files.ipxe && ${secondGeneration}`);
    await shell.succeeds('update-initramfs -u && sync && sync -f /boot', 400);
    expect((await served(lab, `${directory}/boot-files.ipxe`)).text).toMatch(
        /^#!ipxe\nset vmlinuz vmlinuz-6\.\S+\nset initrd initrd\.img-6\.\S+\n$/,
    );

    // A link leads nowhere, though it would elsewhere on this server.
    await shell.succeeds('ln -s /etc/hostname /boot/link && sync -f /boot');
    expect((await served(lab, `${directory}/link`)).status).toBe(403);
    await symlink('/etc/hostname', join(lab.served, 'link'));
    expect((await served(lab, '/link')).status).toBe(200);
}

/** A /boot that is not mounted is no place for a kernel; and the machine can do without it. */
async function doesWithout(shell: GuestShell, { cluster }: Lab): Promise<void> {
    await shell.succeeds('umount /boot');
    await shell.succeeds('/etc/initramfs/post-update.d/rbdboot-boot-files 2>&1 | grep RB314');
    const away = ['mon', 'allow r', 'mds', 'allow rw path=/elsewhere', 'osd', 'allow r'];
    await ceph(cluster, 'auth', 'caps', `client.${bootHost.client}`, ...away);
    expect(await shell.run('systemctl start boot.mount', 240)).not.toBe(0);
    await shell.succeeds('echo fine > /root/still && sync');
}

async function keyIsNowhere(shell: GuestShell): Promise<void> {
    const key = 'A[Qg][A-Za-z0-9+/]{36}';
    const places = [
        'cat /proc/mounts /proc/cmdline /run/mount/utab',
        'systemctl show boot.mount rbdboot-boot-key.service',
        'systemctl cat boot.mount',
        'journalctl -b --no-pager',
        'find /sys/kernel/debug/ceph /etc/systemd -type f -exec cat {} +',
    ];
    for (const place of places) {
        expect(await shell.run(`! ${place} 2> /dev/null | grep -q -E '${key}'`, 60), place).toBe(0);
    }
    expect(await shell.run('test "$(stat -c %a /etc/ceph/*.keyring | sort -u)" = 600', 20)).toBe(0);
}

/** With its key it mounts its own directory, and neither another machine's nor what is above. */
async function cannotReachOthers(shell: GuestShell): Promise<void> {
    expect(await shell.run(`${mount(`/${bootHost.path}`)} && umount /mnt/other`, 90)).toBe(0);
    expect(await shell.run(mount('/hosts/desk2'), 90)).not.toBe(0);
    expect(await shell.run(mount('/'), 90)).not.toBe(0);
}

async function served(lab: Lab, path: string) {
    const answer = await fetch(`http://${lab.network.server}${path}`);
    return { status: answer.status, text: await answer.text() };
}
