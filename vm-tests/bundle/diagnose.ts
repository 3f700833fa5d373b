import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Machine } from '../qemu/machine.ts';
import { pressKey } from '../qemu/press-key.ts';
import type { LimitedSteps } from './limited.ts';

/**
 * Asks a machine that may hang what it does: its screen, its registers, and its kernel for the tasks
 * that are blocked (`w`), what runs on the processors (`l`) and the memory (`m`), which it answers
 * on its console (sysrq, "Documentation/admin-guide/sysrq.rst").
 *
 * @param hangs whether it has stopped where it should go on. One that ended the boot by itself has
 * said what there is to say.
 */
export async function diagnose(
    machine: Machine,
    target: string,
    hangs: boolean,
    { take }: LimitedSteps,
): Promise<void> {
    const { name, qmp } = machine;
    await take(`${name}: screen`, () =>
        qmp.execute('screendump', { filename: join(target, 'screen.png'), format: 'png' }),
    );
    if (!hangs) {
        return;
    }
    await take(`${name}: state`, async () => {
        const [status, processors] = await Promise.all([
            qmp.execute('query-status'),
            qmp.execute('query-cpus-fast'),
        ]);
        await writeJson(join(target, 'state.json'), { status, processors });
    });
    await take(`${name}: registers`, async () => {
        const words = { 'command-line': 'info registers' };
        const registers = String(await qmp.execute('human-monitor-command', words));
        await writeFile(join(target, 'registers.txt'), registers.replaceAll('\r', ''));
    });
    for (const key of ['w', 'l', 'm']) {
        await take(`${name}: SysRq ${key}`, () => pressSysRq(machine, key));
    }
}

/** On a serial console SysRq is a break, and a key within 5 s. */
async function pressSysRq(machine: Machine, key: string): Promise<void> {
    await machine.qmp.execute('chardev-send-break', { id: 'console' });
    await delay(200);
    await pressKey(machine, key);
    await delay(800);
}

async function writeJson(path: string, value: unknown): Promise<void> {
    await writeFile(path, `${JSON.stringify(value, undefined, 1)}\n`);
}
