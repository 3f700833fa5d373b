import { Complaint } from './complaint.ts';
import type { Choice } from './manifest.ts';

/**
 * Which scenarios a run is about, by `ONLY` and `TIER`.
 *
 * @throws Complaint if there is no such tier.
 */
export function chosenBy({ ONLY, TIER }: Readonly<Record<string, string | undefined>>): Choice {
    if (TIER !== undefined && TIER !== '' && TIER !== 'change' && TIER !== 'night') {
        throw new Complaint(`TIER is ${TIER}: it can be change or night`);
    }
    return {
        ...(ONLY === undefined || ONLY === '' ? {} : { only: ONLY }),
        ...(TIER === undefined || TIER === '' ? {} : { tier: TIER }),
    };
}
