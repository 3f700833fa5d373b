import type { Site } from '../../generator/model/site.ts';
import type { Credential } from './key.ts';

/**
 * The caps that each client of the configuration needs, and no more: those of the pools and
 * namespaces of its images. Without `profile rbd` on the monitors a client cannot break the lock
 * that its machine left at a power cut.
 */
export function neededCaps(site: Site): ReadonlyMap<string, Credential['caps']> {
    const grants = new Map<string, Set<string>>();
    for (const { client, image } of site.hosts) {
        const place = [`pool=${image.pool}`];
        if (image.namespace !== undefined) {
            place.push(`namespace=${image.namespace}`);
        }
        const known = grants.get(client) ?? new Set();
        grants.set(client, known.add(`profile rbd ${place.join(' ')}`));
    }
    return new Map(
        [...grants].map(([client, osd]) => [
            `client.${client}`,
            { mon: 'profile rbd', osd: [...osd].join(', ') },
        ]),
    );
}
