import { expect } from 'vitest';
import { nic } from '../images/managers.ts';
import type { GuestShell } from '../qemu/guest-shell.ts';
import { scenario } from '../scenario.ts';

/** A key of CephX, in base64. */
const key = 'A[Qg][A-Za-z0-9+/]{36}';

/** What must be so when the system is up, each as a shell command that succeeds. */
const nothingIsLeft: Readonly<Record<string, string>> = {
    'every process has the root of the system':
        'here=$(stat -L -c %d:%i /); for one in /proc/[0-9]*/root; do there=$(stat -L -c %d:%i "$one" 2> /dev/null) || continue; [ "$there" = "$here" ] || { echo "$one"; false; break; }; done',
    'no process runs a file that is gone':
        "! ls -l /proc/[0-9]*/exe 2> /dev/null | grep ' (deleted)$'",
    'nobody listens': 'test "$(ss -H -l -n -t -u -w | wc -l)" = 0',
    'nobody waits for packets of DHCP': 'test "$(ss -H -0 -n | wc -l)" = 0',
    'no mount of the initramfs is there':
        "! findmnt -rn -o TARGET | grep -v -x -E '/|/(dev|proc|sys|run)(/.*)?'",
    'the key is not in the kernel keyring': '! grep ceph /proc/keys',
    'the key is in no file below /run': `! grep -r -l -a -E '${key}' /run 2> /dev/null`,
    'the key is not on the command line': `! grep -q -E '${key}' /proc/cmdline`,
    'the key is not in sysfs': `! grep -E '${key}|secret=' /sys/bus/rbd/devices/0/config_info`,
    'rbdboot leaves the facts, and what fsck said':
        "! ls /run/rbdboot | grep -v -x -E 'facts|e2fsck'",
    'the facts are there': 'test -s /run/rbdboot/facts',
    'and what the network managers read': `test "$(cat /run/network/ifstate)" = ${nic}=rbdboot`,
};

const links: Readonly<Record<string, string>> = {
    'by the name of the image': 'test /dev/rbd/rbd/fleet/dhcp -ef /dev/rbd0',
    'by its label': 'test /dev/disk/by-label/desk1 -ef /dev/rbd0',
    'by its UUID': 'test "/dev/disk/by-uuid/$(blkid -s UUID -o value /dev/rbd0)" -ef /dev/rbd0',
};

scenario(
    {
        id: 'S13',
        title: 'the real system has its links, and nothing of the initramfs is left in it',
        tier: 'change',
        machines: ['fleet/dhcp'],
        lane: 'direct',
        premise: 'itself',
        outcome: 'up',
    },
    async (scene) => {
        // With DHCP the initramfs has done all that it can do.
        const machine = await scene.boot();
        const report = await machine.up(240);
        expect(report.failedUnits).toBe('');
        const shell = await machine.logIn(30);
        expect(await failing(shell, nothingIsLeft)).toEqual([]);
        expect(await failing(shell, links)).toEqual([]);

        // The premise of the rules: systemd's own make no link.
        const without =
            'rm /etc/udev/rules.d/61-rbdboot.rules && udevadm control --reload && udevadm trigger --settle /dev/rbd0';
        expect(await shell.run(without, 40)).toBe(0);
        expect(await failing(shell, links)).toEqual(Object.keys(links));

        // What rbdboot install advises comes to where libmount keeps it. (That of Debian 12 leaves the
        // root out of its line, so findmnt does not show it.)
        const advised =
            "sed -i 's/ defaults / defaults,_netdev /' /etc/fstab && systemctl daemon-reload && systemctl restart systemd-remount-fs";
        expect(await shell.run('grep -q OPTS=_netdev /run/mount/utab', 20)).not.toBe(0);
        expect(await shell.run(advised, 40)).toBe(0);
        expect(await shell.run('grep -q OPTS=_netdev /run/mount/utab', 20)).toBe(0);
        shell.close();
    },
);

async function failing(
    shell: GuestShell,
    commands: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
    const failed: string[] = [];
    for (const [what, command] of Object.entries(commands)) {
        if ((await shell.run(command, 30)) !== 0) {
            failed.push(what);
        }
    }
    return failed;
}
