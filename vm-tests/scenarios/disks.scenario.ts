import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect } from 'vitest';
import { putRoot } from '../cluster/put-root.ts';
import { emittedBootScript, replaced } from '../emitted-boot-script.ts';
import { type SmallRootKind, smallRoot } from '../images/small-root.ts';
import { smallRootStarted } from '../qemu/small-root-started.ts';
import { type Scene, scenario } from '../scenario.ts';
import { hostIn } from '../site.ts';

const site = 'disks';

/** Three times what it takes on a machine that has nothing else to do. */
const patience = 120;

async function put(
    scene: Scene,
    host: string,
    kind: SmallRootKind,
    change?: (file: string) => Promise<unknown>,
): Promise<void> {
    await putRoot(scene.lab, hostIn((await scene.site(site)).site, host).image, kind, change);
}

/** A disk of the machine that is called as the root of its image is. */
async function otherDisk({ lab }: Scene): Promise<string> {
    return smallRoot('disk', join(lab.state, 'scratch', randomUUID()));
}

scenario(
    {
        id: 'F29.missing',
        title: 'a root that is not on the image is missed, whatever a disk has',
        tier: 'night',
        machines: ['disks/missing'],
        lane: 'direct',
        outcome: { code: 'RB225', within: 120 },
    },
    async (scene) => {
        await put(scene, 'missing', 'disk');
        const machine = await scene.boot({
            disks: [await otherDisk(scene)],
        });
        const report = await machine.refused();
        expect(report).toMatchObject({
            step: 'find-root',
            what: 'there is no UUID=00000000-0000-4000-8000-000000000000 on /dev/rbd0',
            cure: expect.stringContaining('"root" of this host'),
        });
        const console = machine.console.text();
        expect(console).toMatch(/ {2}blkid: \/dev\/rbd0: .*PTTYPE="gpt"/);
        expect(console).toMatch(/ {2}blkid: \/dev\/rbd0p2: LABEL="system" .*TYPE="ext4"/);
        expect(console).not.toMatch(/blkid: \/dev\/vda/);
    },
);

scenario(
    {
        id: 'S15',
        title: 'a disk that is called as the root is not taken for it',
        tier: 'night',
        machines: ['disks/stock'],
        lane: 'direct',
        premise: 'itself',
        outcome: { code: 'RB225', within: 120 },
    },
    async (scene) => {
        await put(scene, 'stock', 'ext4', (file) => execa('tune2fs', ['-L', 'other', file]));
        const disks = [await otherDisk(scene)];
        const machine = await scene.boot({ disks });
        const report = await machine.refused();
        expect(report.what).toBe('there is no LABEL=system on /dev/rbd0');
        await machine.cutPower();

        // The premise: what the initramfs itself does with LABEL=.
        const script = await emittedBootScript(scene.lab, site);
        const named = replaced(script, '\nstep_find_root\n', '\nroot_device=LABEL=system\n');
        const stock = replaced(named, '\nstep_check_root\n', '\n');
        expect(stock).toContain('\nroot_device=LABEL=system\nstep_mount_root');
        const other = await scene.boot({ disks, bootScript: stock });
        expect((await smallRootStarted(other, patience)).source).toBe('/dev/vda2');
    },
);

scenario(
    {
        id: 'F29.file-system',
        title: 'a root on another file system than configured is not mounted',
        tier: 'night',
        machines: ['disks/other'],
        lane: 'direct',
        outcome: { code: 'RB226', within: 120 },
    },
    async (scene) => {
        await put(scene, 'other', 'xfs');
        const machine = await scene.boot();
        const report = await machine.refused();
        expect(report).toMatchObject({
            step: 'check-root',
            what: '/dev/rbd0 has xfs, and should have ext4',
            cure: expect.stringContaining('"filesystem"'),
        });
        expect(machine.console.text()).toMatch(
            / {2}blkid: \/dev\/rbd0: LABEL="system" .*TYPE="xfs"/,
        );
    },
);

scenario(
    {
        id: 'F30.mended',
        title: 'e2fsck mends a root that has errors before it is mounted',
        tier: 'night',
        machines: ['disks/dirty'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        await put(scene, 'dirty', 'ext4', (file) => damage(file, ['ssv free_blocks_count 7']));
        const machine = await scene.boot();
        const root = await smallRootStarted(machine, patience);
        expect(root).toMatchObject({ source: '/dev/rbd0', type: 'ext4', written: true });
        expect(machine.console.text()).toContain(
            'e2fsck found errors on /dev/rbd0 and mended them',
        );
    },
);

scenario(
    {
        id: 'F30.unmendable',
        title: 'a root that e2fsck cannot mend is not mounted, until it is told to',
        tier: 'night',
        machines: ['disks/broken'],
        lane: 'direct',
        outcome: { code: 'RB227', within: 120 },
    },
    async (scene) => {
        await put(scene, 'broken', 'ext4', (file) => damage(file, ['unlink tmp']));
        const machine = await scene.boot();
        const report = await machine.refused();
        expect(report).toMatchObject({
            step: 'check-root',
            what: 'e2fsck did not mend /dev/rbd0: exit code 4',
            cure: expect.stringContaining('fsck.repair=yes'),
        });
        expect(machine.console.text()).toContain('RUN fsck MANUALLY');
        expect(machine.console.text()).not.toMatch(/EXT4-fs \(rbd0\): mounted/);
        await machine.cutPower();

        // The cure, as typed.
        const again = await scene.boot({
            commandLine: (line) => `${line} fsck.repair=yes`,
        });
        const root = await smallRootStarted(again, patience + 30);
        expect(root.written).toBe(true);
        expect((await again.image.users()).watchers).toHaveLength(1);
    },
);

scenario(
    {
        id: 'F29.no-init',
        title: 'a root without an init says what was looked for, and reboots',
        tier: 'night',
        machines: ['disks/no-init'],
        lane: 'direct',
        outcome: { shows: 'that there is no init', within: 120 },
    },
    async (scene) => {
        await put(scene, 'no-init', 'ext4-without-init');
        const machine = await scene.boot({ allowed: /No init found/ });
        await machine.showed(/No init found/);
        const console = machine.console.text();
        expect(console).toContain("Target filesystem doesn't have requested /sbin/init");
        expect(console).toContain('rbdboot[mount-root]: root is /dev/rbd0, ext4');
        // After panic=60 of the command line.
        await machine.console.shows('the reboot', /Rebooting automatically due to panic=/, 10);
    },
);

/** Damages an ext4 with debugfs(8), and marks it as one that has errors. */
async function damage(file: string, requests: readonly string[]): Promise<void> {
    for (const request of [...requests, 'ssv state 2']) {
        await execa('debugfs', ['-w', '-R', request, file]);
    }
}
