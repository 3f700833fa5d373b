// A kernel module that is not there: found when the initrd is made, and said at boot where an initrd of
// another kernel is served.
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect } from 'vitest';
import { emittedBootScript, replaced } from '../emitted-boot-script.ts';
import { packInitrd, unpackRoot } from '../images/debian-root.ts';
import { rootNamed } from '../preparation.ts';
import { runReleased } from '../released.ts';
import { scenario } from '../scenario.ts';
import { siteFile } from '../sites/recipe.ts';

const modules = ['rbd', 'virtio_net'] as const;

for (const module of modules) {
    scenario(
        {
            id: module === 'rbd' ? 'F33' : 'F33.nic',
            title: `an initrd without the module ${module} says which one it lacks`,
            tier: 'night',
            machines: [module === 'rbd' ? 'failures/reboots' : 'failures/halts'],
            lane: 'direct',
            outcome: { code: 'RB201', within: 60 },
        },
        async ({ boot, lab }) => {
            const script = await emittedBootScript(lab, 'failures');
            const first = '\nstep_load_modules\n';
            // udev has loaded that of the NIC by then.
            const gone = `rmmod ${module}\nfind /lib/modules -name ${module}.ko -exec rm {} +`;
            const machine = await boot({
                bootScript: replaced(script, first, `\n${gone}${first}`),
            });
            expect(await machine.refused()).toMatchObject({
                step: 'load-modules',
                what: `the kernel module ${module} could not be loaded`,
                cure: expect.stringContaining('"update-initramfs -u"'),
            });
        },
    );
}

scenario(
    {
        id: 'F33.hook',
        title: 'no initrd is made for a kernel that lacks a module of the machine',
        tier: 'night',
        machines: [],
        outcome: { proves: 'that the hook names the module' },
    },
    async ({ lab }) => {
        const root = join(lab.state, 'scratch', 'missing-module');
        const out = join(lab.state, 'scratch', 'missing-module-boot');
        await mkdir(out);
        await unpackRoot(rootNamed(lab.roots, 'plain'), root);
        await runReleased('install', '--root', root, '--config', siteFile('failures'));
        const [version = ''] = await readdir(join(root, 'lib/modules'));
        const directory = join(root, 'lib/modules', version, 'kernel');
        const places = { virtio_net: 'drivers/net/virtio_net.ko', rbd: 'drivers/block/rbd.ko' };
        const kept = join(lab.state, 'scratch', 'module.ko');
        for (const [module, path] of Object.entries(places)) {
            await execa('mv', [join(directory, path), kept]);
            await execa('chroot', [root, 'depmod', version]);
            const refusal = await packInitrd(root, out).catch(({ stderr }) => String(stderr));
            expect(refusal).toContain(`rbdboot: the kernel ${version} has no module ${module}`);
            await execa('mv', [kept, join(directory, path)]);
        }
        expect(await readdir(out)).not.toContain('initrd.img');
        await execa('chroot', [root, 'depmod', version]);
        await packInitrd(root, out);
        expect(await readdir(out)).toContain('initrd.img');
        await rm(root, { recursive: true });
    },
);
