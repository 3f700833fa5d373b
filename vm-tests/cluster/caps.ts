import type { Host, Site } from '../../generator/model/site.ts';
import type { Credential } from './key.ts';

/**
 * The caps that each client of the configuration needs, and no more: those of the pools and
 * namespaces of its images. Without `profile rbd` on the monitors a client cannot break the lock
 * that its machine left at a power cut; whoever reads snapshots alone takes no lock.
 */
export function neededCaps(site: Site): ReadonlyMap<string, Credential['caps']> {
    const grants = new Map<string, Set<string>>();
    for (const host of site.hosts) {
        const { client, image } = host;
        const profile = image.snapshot === undefined ? 'profile rbd' : 'profile rbd-read-only';
        const within = image.namespace === undefined ? [] : [`namespace=${image.namespace}`];
        const known = grants.get(client) ?? new Set();
        for (const pool of poolsOf(host)) {
            known.add([profile, `pool=${pool}`, ...within].join(' '));
        }
        grants.set(client, known);
    }
    return new Map(
        [...grants].map(([client, osd]) => [
            `client.${client}`,
            { mon: monitorProfile([...osd]), osd: [...osd].join(', ') },
        ]),
    );
}

/** The pools of a host's image: its own, and one of the lab's for its data where that is elsewhere. */
export function poolsOf({ features, image }: Pick<Host, 'features' | 'image'>): readonly string[] {
    return [
        image.pool,
        ...(features?.includes('data-pool') === true ? [`${image.pool}-data`] : []),
    ];
}

function monitorProfile(grants: readonly string[]): string {
    return grants.every((grant) => grant.startsWith('profile rbd-read-only '))
        ? 'profile rbd-read-only'
        : 'profile rbd';
}
