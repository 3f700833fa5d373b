import { expect } from 'vitest';
import { nic } from '../images/managers.ts';
import type { GuestShell } from '../qemu/guest-shell.ts';
import { scenario } from '../scenario.ts';
import { isUp } from '../until.ts';

/** A key of CephX, in base64. */
const key = 'A[Qg][A-Za-z0-9+/]{36}';

/** Something that must be so when the system is up, and how it would look if it were not. */
interface Rule {
    /** A command that succeeds. */
    readonly holds: string;
    /** Leaves behind what an initramfs might, after which that fails. */
    readonly plant: string;
}

/** In the background, with nothing of it on the console. */
const leave = (command: string) => `{ ${command} > /dev/null 2>&1 < /dev/null & }`;

const listen = (socket: string, ready: string) =>
    leave(`perl -MSocket -e '${socket}; ${ready}; sleep 900'`);

/** Puts a file in the place of one of the kernel's. */
const cover = (file: string, text: string) =>
    `cover=$(mktemp) && echo '${text}' > $cover && mount --bind $cover ${file}`;

const aKey = `AQ${'A'.repeat(37)}=`;

const nothingIsLeft: Readonly<Record<string, Rule>> = {
    'every process has the root of the system': {
        // The kernel's own threads have none that counts.
        holds: 'here=$(stat -L -c %d:%i /); elsewhere=; for one in /proc/[0-9]*; do readlink -q "$one/exe" > /dev/null || continue; there=$(stat -L -c %d:%i "$one/root" 2> /dev/null) || continue; [ "$there" = "$here" ] || elsewhere="$elsewhere $one"; done; test -z "$elsewhere"',
        plant: `mkdir -p /old && mount -t tmpfs old /old && cp -L --parents /bin/sleep $(ldd /bin/sleep | grep -o '/[^ ]*') /old && ${leave('chroot /old /bin/sleep 900')}`,
    },
    'every mount is of the system': {
        holds: "! findmnt -rn -o TARGET | grep -v -x -E '/|/(dev|proc|sys|run)(/.*)?'",
        // Still there from the last one.
        plant: 'mountpoint -q /old',
    },
    'no process runs a file that is gone': {
        holds: "! ls -l /proc/[0-9]*/exe 2> /dev/null | grep ' (deleted)$'",
        plant: `cp /bin/sleep /root/gone && ${leave('/root/gone 900')}; sleep 1; rm /root/gone`,
    },
    'nobody listens': {
        holds: 'test "$(ss -H -l -n -t -u -w | wc -l)" = 0',
        plant: listen(
            'socket(S, PF_INET, SOCK_STREAM, 0)',
            'bind(S, pack_sockaddr_in(2222, INADDR_ANY)); listen(S, 1)',
        ),
    },
    'nobody waits for packets of DHCP': {
        holds: 'test "$(ss -H -0 -n | wc -l)" = 0',
        plant: listen('socket(S, 17, SOCK_DGRAM, 8)', '1'),
    },
    'the key is not in the kernel keyring': {
        holds: '! grep ceph /proc/keys',
        plant: 'echo x | keyctl padd user ceph:planted @u',
    },
    'the key is in no file below /run': {
        holds: `! grep -r -l -a -E '${key}' /run 2> /dev/null`,
        plant: `echo ${aKey} > /run/planted`,
    },
    'the key is not on the command line': {
        holds: `! grep -q -E '${key}' /proc/cmdline`,
        plant: cover('/proc/cmdline', aKey),
    },
    'the key is not in sysfs': {
        holds: `! grep -E '${key}|secret=' /sys/bus/rbd/devices/0/config_info`,
        plant: cover('/sys/bus/rbd/devices/0/config_info', 'name=desk,secret=word'),
    },
    'rbdboot leaves the facts, and what fsck said': {
        holds: "! ls /run/rbdboot | grep -v -x -E 'facts|e2fsck'",
        plant: 'touch /run/rbdboot/key',
    },
    'the facts are there': {
        holds: 'test -s /run/rbdboot/facts',
        plant: 'rm /run/rbdboot/facts',
    },
    'and what the network managers read': {
        holds: `test "$(cat /run/network/ifstate)" = ${nic}=rbdboot`,
        plant: 'rm /run/network/ifstate',
    },
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
        const report = await isUp(machine);
        expect(report.failedUnits).toBe('');
        const shell = await machine.logIn(30);
        const rules = Object.entries(nothingIsLeft).map(([what, { holds }]) => [what, holds]);
        expect(await failing(shell, Object.fromEntries(rules))).toEqual([]);
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

        // And the premise of all that is not left: where it is, it is found.
        for (const [what, { plant }] of Object.entries(nothingIsLeft)) {
            expect(await shell.run(plant, 30), `planted against: ${what}`).toBe(0);
        }
        await shell.run('sleep 2', 20);
        expect(await failing(shell, Object.fromEntries(rules))).toEqual(Object.keys(nothingIsLeft));
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
