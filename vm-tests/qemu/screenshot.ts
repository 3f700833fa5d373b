import { join } from 'node:path';
import type { Machine } from './machine.ts';

/**
 * Takes a picture of a machine's screen, as `screen.png` among its files, in about 10 ms. A machine
 * that has no power any more keeps the one that it has.
 */
export async function screenshot({ directory, qmp }: Pick<Machine, 'directory' | 'qmp'>) {
    const filename = join(directory, 'screen.png');
    await qmp.execute('screendump', { filename, format: 'png' }).catch(() => {});
}
