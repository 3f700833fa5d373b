import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { leasedAddress } from '../network/addresses.ts';
import type { Machine } from '../qemu/machine.ts';
import { pressKey } from '../qemu/press-key.ts';
import { runReleased } from '../released.ts';
import { type Scene, scenario } from '../scenario.ts';
import { hostIn } from '../site.ts';
import { serveInitrd } from '../sites/serve-site.ts';

const filesSent = ({ journal }: Machine) =>
    journal
        .all()
        .filter(({ source }) => source === 'http')
        .map(({ text }) => /^200 \/sites\/handover\/(vmlinuz\S*|initrd\S*) /.exec(text)?.[1])
        .filter((name) => name !== undefined);

const menuShown = ({ journal }: Machine) =>
    journal.waitFor(
        'the menu',
        ({ source, text }) => source === 'console' && text.includes('(p) the previous kernel'),
        150,
    );

/** Serves a kernel that ends where it should unpack itself, as an upgrade would serve a new one. */
async function publishBrokenKernel({ lab, site }: Scene): Promise<() => Promise<void>> {
    const open = await site('handover');
    const { served } = open;
    await serveInitrd(lab, open, hostIn(open.site, 'menu'));
    const good = join(lab.state, 'handover-good');
    const [kernel, initrd] = ['vmlinuz', 'initrd.img'].map((name) => join(served, name));
    await copyFile(kernel ?? '', `${good}.kernel`);
    await copyFile(initrd ?? '', `${good}.initrd`);
    const bytes = await readFile(`${good}.kernel`);
    // The set-up code is whole, so that iPXE takes it for a kernel; what it would unpack is not.
    bytes.fill(0, 64 * 1024, bytes.length - 64 * 1024);
    await writeFile(`${good}.broken`, bytes);
    const publish = (file: string) =>
        runReleased(
            ...['ipxe', '--out', served, '--config', open.site.source],
            ...['--kernel', file, '--initrd', `${good}.initrd`],
        );
    await publish(`${good}.broken`);
    return async () => {
        await publish(`${good}.kernel`);
    };
}

scenario(
    {
        id: 'F38',
        title: 'a kernel that does not boot is escaped by the menu, at the serial console',
        tier: 'night',
        machines: ['handover/*'],
        outcome: 'up',
    },
    async (scene) => {
        const { boot } = scene;
        const mend = await publishBrokenKernel(scene);
        try {
            const stuck = await boot({ machine: 'handover/menu' });
            await menuShown(stuck);
            // Nobody presses a key: the current pair starts, and nothing comes of it.
            await stuck.journal.waitFor(
                'the initrd',
                ({ source, text }) => source === 'http' && text.includes('/handover/initrd.img '),
                60,
            );
            await expect(stuck.rootMounted(45)).rejects.toThrow(/not within 45|stalled: /);
            expect(filesSent(stuck)).toEqual(['vmlinuz', 'initrd.img']);
            await stuck.cutPower();

            const machine = await boot({ machine: 'handover/menu' });
            await menuShown(machine);
            await pressKey(machine, 'p');
            await machine.rootMounted(120);
            expect(filesSent(machine)).toEqual(['vmlinuz.old', 'initrd.img.old']);
            const { owner, watchers } = await machine.image.users();
            expect(watchers).toEqual([owner]);
            expect(owner).toBe(leasedAddress(scene.lab, machine.host));
        } finally {
            await mend();
        }
    },
);
