// A boot script that hangs. No wait of rbdboot is without an end, but what else is in an initramfs may
// not have one, and then panic= is not asked.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { expect } from 'vitest';
import type { Lab } from '../lab.ts';
import { rootNamed } from '../preparation.ts';
import { scenario } from '../scenario.ts';

const endless = `
echo 'the boot script hangs' > /dev/console
while :; do
    :
done
`;

/** Behind what the initramfs says of the script, on one line. */
const hangs = /(^|\.\.\. )the boot script hangs$/;

/** Nobody feeds it from here on: it fires 10 s later. */
const armed = `#!/bin/sh
busybox insmod /watchdog.ko
busybox insmod /i6300esb.ko heartbeat=10
exec 9> /dev/watchdog
${endless}`;

/** The modules of a watchdog, out of the Debian system that the initrd is made from. */
async function watchdogModules(lab: Lab): Promise<Readonly<Record<string, Buffer>>> {
    const names = ['watchdog.ko', 'i6300esb.ko'];
    const out = join(lab.state, 'scratch', 'watchdog');
    await execa('mkdir', [out]);
    const pick = ['--extract', '--wildcards', '--transform', 's#.*/##', '--directory', out];
    const base = rootNamed(lab.roots, 'plain');
    await execa('tar', [
        ...pick,
        '--file',
        base,
        ...names.map((name) => `*/drivers/watchdog/${name}`),
    ]);
    const modules = await Promise.all(
        names.map(async (name) => [name, await readFile(join(out, name))] as const),
    );
    await rm(out, { recursive: true });
    return Object.fromEntries(modules);
}

scenario(
    {
        id: 'F32',
        title: 'a machine whose boot script hangs is reset by its hardware watchdog, and by nothing else',
        tier: 'night',
        machines: ['failures/opens'],
        lane: 'direct',
        outcome: { shows: 'that the watchdog fires', within: 90 },
    },
    async ({ boot, lab }) => {
        const alone = await boot({ bootScript: `#!/bin/sh\n${endless}`, watchdog: true });
        await alone.console.shows('the script', hangs, 60);
        await delay(20_000);
        expect(await alone.qmp.execute('query-status')).toMatchObject({ running: true });
        await alone.cutPower();

        const files = await watchdogModules(lab);
        const guarded = await boot({ bootScript: armed, files, watchdog: true });
        await guarded.console.shows('the script', hangs, 60);
        const { data } = await guarded.showed(/^WATCHDOG$/, 'qemu');
        expect(data).toMatchObject({ action: 'reset' });
        expect(await guarded.ended).toBe('ended with status 0');
    },
);
