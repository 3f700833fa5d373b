// Boots that go through the steps of the boot script, and fail at one of them or behind them.
import { broken } from '../broken/broken.ts';
import { reports } from '../broken/event-port.ts';
import { insteadOfSystemd } from '../broken/init.ts';
import { makeKey, printKeyring } from '../cluster/key.ts';
import { emittedBootScript, replaced } from '../emitted-boot-script.ts';
import type { Scene } from '../scenario.ts';
import type { BootOptions } from '../scene.ts';

broken(
    {
        id: 'L17',
        title: 'an initrd without the driver of its NIC is called a failure to load the modules',
        tier: 'change',
        verdict: 'kernel-load',
        says: 'RB201: the kernel module no_such_nic could not be loaded',
        within: 60,
    },
    async ({ lab }) => ({
        bootScript: replaced(await emittedBootScript(lab, 'fleet'), 'virtio_net', 'no_such_nic'),
    }),
);

broken(
    {
        id: 'L02',
        title: 'a machine with the wrong key is called a failure of authentication',
        tier: 'change',
        machine: 'fleet/broken-3',
        verdict: 'auth',
        says: 'RB204: the monitors rejected the key of client.fleet',
        within: 60,
    },
    ({ guard }) => {
        const other = { entity: 'client.fleet', key: makeKey(), caps: {} };
        guard(other.key);
        return { files: { 'etc/ceph/ceph.client.fleet.keyring': printKeyring([other]) } };
    },
);

broken(
    {
        id: 'L08',
        title: 'a map that hangs is found after the time that it may take, and called that',
        tier: 'night',
        machine: 'fleet/broken-2',
        verdict: 'mon',
        says: 'it waits for something that does not come',
        within: 260,
    },
    async ({ lab }) => ({
        bootScript: replaced(
            await emittedBootScript(lab, 'fleet'),
            'of=/sys/bus/rbd/add_single_major',
            '| sleep 3600',
        ),
    }),
);

broken(
    {
        id: 'L12',
        title: 'an error of the root file system behind the switch to it is found at once',
        tier: 'night',
        verdict: 'fs',
        says: 'EXT4-fs error (device rbd0)',
        within: 120,
    },
    () => ({
        commandLine: insteadOfSystemd('echo 1 > /sys/fs/ext4/rbd0/trigger_fs_error; sleep 3600'),
    }),
);

broken(
    {
        id: 'L12.read-only',
        title: 'a machine that is up on a root which it cannot write to is not as it should be',
        tier: 'night',
        machine: 'fleet/broken-2',
        verdict: 'fs',
        says: 'how / is mounted: "ro"',
        within: 180,
    },
    () => ({
        commandLine: (line) =>
            insteadOfSystemd(`${reports}; sleep 3600`)(line.replace(/\brw\b/, 'ro')),
    }),
);

/** A machine that comes up, whose boot script has printed a key by this command. */
async function printing({ guard, lab }: Scene, command: string): Promise<BootOptions> {
    // Of nobody: what this scenario prints is no leak for another.
    const key = makeKey();
    guard(key);
    return {
        files: { 'etc/other.keyring': `key = ${key}\n` },
        bootScript: `${await emittedBootScript(lab, 'fleet')}${command} > /dev/console\n`,
        commandLine: insteadOfSystemd(`${reports}; sleep 3600`),
    };
}

broken(
    {
        id: 'L13',
        title: 'a machine that prints its key fails, although it comes up',
        tier: 'night',
        machine: 'fleet/broken-3',
        verdict: 'secret',
        says: 'console.raw (base64)',
        within: 180,
    },
    async (scene) => printing(scene, 'cat /etc/other.keyring'),
);

broken(
    {
        id: 'L13.dump',
        title: 'a machine that prints its key as a dump does so too',
        tier: 'night',
        machine: 'fleet/broken-2',
        verdict: 'secret',
        says: 'console.raw (hexadecimal)',
        within: 180,
    },
    async (scene) =>
        printing(scene, "sed -n 's/.* = //p' /etc/other.keyring | base64 -d | hexdump -C"),
);
