import { loadSite } from '../generator/config/load.ts';
import type { Host, Site } from '../generator/model/site.ts';
import { Complaint } from './complaint.ts';

/**
 * The checked configuration in a file.
 *
 * @throws Complaint with everything that is wrong with it.
 */
export async function siteIn(config: string): Promise<Site> {
    const loaded = await loadSite(config);
    if (!loaded.ok) {
        const lines = loaded.diagnostics.map(({ code, message }) => `${code}: ${message}`);
        throw new Complaint(`${config} is not usable:\n${lines.join('\n')}`);
    }
    return loaded.value;
}

/** @throws Error if the configuration has no host of that name. */
export function hostIn(site: Site | undefined, name: string): Host {
    const host = site?.hosts.find((one) => one.name === name);
    if (host === undefined) {
        throw new Error(`the configuration has no machine ${name}`);
    }
    return host;
}
