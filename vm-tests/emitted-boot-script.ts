import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab } from './lab.ts';
import { runReleased } from './released.ts';
import { siteFile } from './sites/recipe.ts';

/**
 * The boot script that rbdboot emits for a configuration in `sites/`.
 *
 * @param host one of its hosts; needed where each has an initrd of its own.
 */
export async function emittedBootScript(
    { state }: Lab,
    site: string,
    host?: string,
): Promise<string> {
    const out = join(state, `emitted-${site}-${randomUUID()}`);
    await runReleased(
        'generate',
        '--out',
        out,
        '--config',
        siteFile(site),
        ...(host === undefined ? [] : ['--host', host]),
    );
    return readFile(join(out, 'scripts/initramfs-tools/local-top/rbdboot'), 'utf8');
}
