/** When a machine that writes records loses its power, and what goes down with it. */
export interface Cut {
    readonly seed: number;
    /** From when the time counts: the kernel is about to mount the root, or records are written. */
    readonly from: 'map' | 'records';
    /** Seconds from there on. */
    readonly after: number;
    /** Seconds from the power cut to the SIGKILL of the OSD, which may come first. Absent: it lives. */
    readonly osdAfter?: number;
}

/** The same for the same seed, for ever. */
export function cutOf(seed: number): Cut {
    const random = randomNumbers(seed);
    const duringBoot = random() < 0.2;
    const after = random();
    const osdToo = random() < 0.3;
    const osdAfter = random() * 0.6 - 0.3;
    return {
        seed,
        from: duringBoot ? 'map' : 'records',
        // From the map to the first record it is about 2 s; a journal commits every 5 s.
        after: Number((after * (duringBoot ? 2 : 6)).toFixed(3)),
        ...(osdToo ? { osdAfter: Number(osdAfter.toFixed(3)) } : {}),
    };
}

/** `seed 7: power cut 1.234 s after the first record, SIGKILL of the OSD 0.100 s before` */
export function describeCut({ after, from, osdAfter, seed }: Cut): string {
    const moment = from === 'map' ? 'the map' : 'the records began';
    const osd =
        osdAfter === undefined
            ? ''
            : `, SIGKILL of the OSD ${Math.abs(osdAfter)} s ${osdAfter < 0 ? 'before' : 'after'} that`;
    return `seed ${seed}: power cut ${after} s after ${moment}${osd}`;
}

/** Numbers from 0 to 1, by a linear congruential generator with the constants of Numerical Recipes. */
function randomNumbers(seed: number): () => number {
    let state = (seed ^ 0x9e3779b9) >>> 0;
    const next = () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state / 2 ** 32;
    };
    // The first ones of seeds that are close to each other are close to each other.
    for (let turn = 0; turn < 8; turn += 1) {
        next();
    }
    return next;
}
