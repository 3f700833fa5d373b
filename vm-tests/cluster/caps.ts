import type { Site } from '../../generator/model/site.ts';
import type { Credential } from './key.ts';

/**
 * The caps that each client of the configuration needs, and no more: those of the pools and
 * namespaces of its images. Without `profile rbd` on the monitors a client cannot break the lock
 * that its machine left at a power cut; whoever reads snapshots alone takes no lock.
 */
export function neededCaps(site: Site): ReadonlyMap<string, Credential['caps']> {
    const grants = new Map<string, Set<string>>();
    for (const { client, image } of site.hosts) {
        const place = [`pool=${image.pool}`];
        if (image.namespace !== undefined) {
            place.push(`namespace=${image.namespace}`);
        }
        const known = grants.get(client) ?? new Set();
        const profile = image.snapshot === undefined ? 'profile rbd' : 'profile rbd-read-only';
        grants.set(client, known.add(`${profile} ${place.join(' ')}`));
    }
    return new Map(
        [...grants].map(([client, osd]) => [
            `client.${client}`,
            { mon: monitorProfile([...osd]), osd: [...osd].join(', ') },
        ]),
    );
}

function monitorProfile(grants: readonly string[]): string {
    return grants.every((grant) => grant.startsWith('profile rbd-read-only '))
        ? 'profile rbd-read-only'
        : 'profile rbd';
}
