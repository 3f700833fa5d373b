import { randomBytes } from 'node:crypto';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LuksKeys } from '../images/luks-container.ts';
import { standInKey } from './host-plan.ts';

/**
 * What opens the container of a host, in the place of what its user has. The key is kept, so that an
 * initrd with it can be; the passphrase is of this run.
 *
 * @param cache a directory for the owner alone.
 */
export async function layLuksKeys(cache: string, host: string): Promise<LuksKeys> {
    const kept = join(cache, `luks-${host}.key`);
    await readFile(kept).catch(() => writeFile(kept, randomBytes(64), { mode: 0o600 }));
    const keyFile = standInKey(host);
    await copyFile(kept, keyFile);
    // As a person might type it.
    return { keyFile, passphrase: `correct horse ${randomBytes(9).toString('base64')}` };
}
