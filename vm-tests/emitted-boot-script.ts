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

/** An emitted script with one text in the place of another. @throws Error if that is not in it. */
export function replaced(script: string, text: string, by: string): string {
    if (!script.includes(text)) {
        throw new Error(`nothing was changed: the boot script has no ${JSON.stringify(text)}`);
    }
    return script.replaceAll(text, by);
}
