import { Complaint } from './complaint.ts';
import type { Choice } from './manifest.ts';

/**
 * Which scenarios a run is about, by `ONLY`, `TIER` and `LANE`.
 *
 * @throws Complaint if there is no such tier, lane, or firmware.
 */
export function chosenBy(environment: Readonly<Record<string, string | undefined>>): Choice {
    const { FIRMWARE, LANE, ONLY, TIER } = environment;
    if (TIER !== undefined && TIER !== '' && TIER !== 'change' && TIER !== 'night') {
        throw new Complaint(`TIER is ${TIER}: it can be change or night`);
    }
    if (LANE !== undefined && LANE !== '' && LANE !== 'network' && LANE !== 'direct') {
        throw new Complaint(`LANE is ${LANE}: it can be network or direct`);
    }
    // What a misspelt one would run is BIOS, once more.
    if (FIRMWARE !== undefined && FIRMWARE !== '' && FIRMWARE !== 'bios' && FIRMWARE !== 'uefi') {
        throw new Complaint(`FIRMWARE is ${FIRMWARE}: it can be bios or uefi`);
    }
    return {
        ...(ONLY === undefined || ONLY === '' ? {} : { only: ONLY }),
        ...(TIER === undefined || TIER === '' ? {} : { tier: TIER }),
        ...(LANE === undefined || LANE === '' ? {} : { lane: LANE }),
    };
}
