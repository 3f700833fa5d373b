import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Site } from '../../generator/model/site.ts';
import { buildDirectory } from '../build-directory.ts';
import { cached, hashOf } from '../content-cache.ts';
import { type ConfigurationChanges, printStandIn } from './stand-in-configuration.ts';

/**
 * Writes the configuration that is tried, where it is found again: what is made of it is kept by its
 * hash. A plan of the user's own is code, of which nothing tells whether it is the same.
 *
 * @returns its path.
 */
export async function writeStandIn(site: Site, changes: ConfigurationChanges): Promise<string> {
    const hasOwnPlan = site.hosts.some(({ plan }) => plan !== undefined);
    const mark = hasOwnPlan ? randomUUID() : hashOf({ text: await readFile(site.source) });
    const text = printStandIn(site.source, changes, mark);
    const directory = await cached({
        cache: buildDirectory().cache,
        name: 'configuration',
        suffix: '',
        inputs: { text },
        make: async (path) => {
            await mkdir(path, { mode: 0o700 });
            await writeFile(join(path, 'boot.config.ts'), text);
        },
    });
    return join(directory, 'boot.config.ts');
}
