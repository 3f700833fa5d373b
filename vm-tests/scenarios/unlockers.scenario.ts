import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect } from 'vitest';
import { packInitrd, unpackRoot } from '../images/debian-root.ts';
import { unpackInitrd } from '../images/unpack-initrd.ts';
import { rootNamed } from '../preparation.ts';
import { runReleased } from '../released.ts';
import { scenario } from '../scenario.ts';
import { siteFile } from '../sites/recipe.ts';

scenario(
    {
        id: 'F47',
        title: 'dropbear and clevis get no initrd until they leave the NICs alone',
        tier: 'night',
        machines: [],
        roots: ['unlockers'],
        outcome: { proves: 'that the hook refuses them, with a cure' },
    },
    async ({ lab }) => {
        const root = join(lab.state, 'scratch', 'unlockers');
        const out = join(lab.state, 'scratch', 'unlockers-boot');
        await mkdir(out);
        await unpackRoot(rootNamed(lab.roots, 'unlockers'), root);
        const installed = ['install', '--root', root, '--config', siteFile('fleet')];
        const warned = await runReleased(...installed);
        expect(warned).toMatch(
            /warning RB312: dropbear-initramfs .*[\s\S]*warning RB313: clevis-init/,
        );

        // What the hook says to do is done as an administrator does it, who copies it from there.
        for (const code of ['RB312', 'RB313']) {
            const refusal = await packInitrd(root, out).catch(({ stderr }) => String(stderr));
            const cure = new RegExp(`^rbdboot: ${code}: .*; to do: (.*)$`, 'm').exec(
                String(refusal),
            );
            expect(cure?.[1], String(refusal)).toBeDefined();
            await execa('chroot', [root, 'sh', '-c', cure?.[1] ?? 'false']);
        }
        expect(await runReleased(...installed)).not.toContain('warning');
        await packInitrd(root, out);
        const unpacked = await unpackInitrd(await readFile(join(out, 'initrd.img')));
        expect(unpacked.includes('scripts/init-bottom/dropbear')).toBe(true);
        expect(unpacked.includes('scripts/local-bottom/clevis')).toBe(true);
        await rm(root, { recursive: true });
    },
);
