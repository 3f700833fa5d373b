import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { keyIn } from '../cluster/key.ts';
import { ceph } from '../cluster/truth.ts';
import { bootHost } from '../images/boot-directory.ts';
import type { Lab } from '../lab.ts';
import { type GuestShell, logIn } from '../qemu/guest-shell.ts';
import { guestReport } from '../qemu/report.ts';
import { scenario } from '../scenario.ts';

const site = 'boot-directory';
const directory = `/sites/${site}/cephfs/cephfs/${bootHost.path}`;
const monitor = '10.77.0.10:6789';
const options = `name=${bootHost.client},key=client.${bootHost.client},mds_namespace=cephfs`;

/** Mounts with the machine's own key: in a session that looks into root's keyring. */
const mount = (path: string) =>
    `/usr/lib/rbdboot/boot-key && mkdir -p /mnt/other && keyctl session - sh -c 'keyctl link @u @s && mount -t ceph ${monitor}:${path} /mnt/other -o ${options}'`;

scenario(
    {
        id: 'H28',
        title: 'a machine boots what it wrote to its own /boot in CephFS',
        tier: 'night',
        machines: ['boot-directory/*'],
        outcome: 'up',
    },
    async (scene) => {
        const { guard, lab } = scene;
        const machine = await scene.boot({
            machine: `${site}/${bootHost.name}`,
            allowed: /libceph/,
        });
        const keyring = `/etc/ceph/ceph.client.${bootHost.client}.keyring`;
        guard(keyIn(await readFile(keyring, 'utf8')) ?? '');
        expect((await guestReport(machine, 300)).failedUnits).toBe('');
        // iPXE asked for the three files of the boot directory, and for no others with these names.
        const fetched = machine.journal
            .all()
            .filter(
                ({ source, text }) => source === 'http' && /vmlinuz|initrd|boot-files/.test(text),
            )
            .map(({ text }) => text.replace(/^(\d+) (\S+) .*$/, '$1 $2'));
        expect(fetched).toEqual([
            `200 ${directory}/boot-files.ipxe`,
            expect.stringContaining(`200 ${directory}/vmlinuz-`),
            expect.stringContaining(`200 ${directory}/initrd.img-`),
        ]);

        const shell = await logIn(machine, 30);
        const run = (command: string, seconds = 30) => shell.run(command, seconds);
        expect(await run('test "$(findmnt -no FSTYPE /boot)" = ceph')).toBe(0);
        await keyIsNowhere(shell);
        await cannotReachOthers(shell);

        // What the machine writes, the boot server has: a new initrd too, with its name.
        expect(await run('echo mine > /boot/proof && sync -f /boot/proof')).toBe(0);
        expect(await served(lab, `${directory}/proof`)).toEqual({ status: 200, text: 'mine\n' });
        expect(await run('rm /boot/boot-files.ipxe && update-initramfs -u', 400)).toBe(0);
        expect((await served(lab, `${directory}/boot-files.ipxe`)).text).toMatch(
            /^#!ipxe\nset vmlinuz vmlinuz-6\.\S+\nset initrd initrd\.img-6\.\S+\n$/,
        );

        // A link leads nowhere, though it would elsewhere on this server.
        expect(await run('ln -s /etc/hostname /boot/link && sync -f /boot')).toBe(0);
        expect((await served(lab, `${directory}/link`)).status).toBe(403);
        await symlink('/etc/hostname', join(lab.served, 'link'));
        expect((await served(lab, '/link')).status).toBe(200);

        // A /boot that is not mounted is no place for a kernel; and the machine can do without it.
        expect(await run('umount /boot')).toBe(0);
        expect(await run('/etc/initramfs/post-update.d/rbdboot-boot-files 2>&1 | grep RB314')).toBe(
            0,
        );
        const away = ['mon', 'allow r', 'mds', 'allow rw path=/elsewhere', 'osd', 'allow r'];
        await ceph(lab.cluster, 'auth', 'caps', `client.${bootHost.client}`, ...away);
        expect(await run('systemctl start boot.mount', 240)).not.toBe(0);
        expect(await run('echo fine > /root/still && sync')).toBe(0);
        shell.close();
    },
);

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
