import { setTimeout as delay } from 'node:timers/promises';

/** How long to ask, and how often. */
export interface Patience {
    readonly seconds: number;
    /** Milliseconds from an answer to the next question. Default: 200. */
    readonly pause?: number;
}

/**
 * Asks again and again, until an answer fits. An error of the question itself ends it.
 *
 * @param late what to say of the last answer when the seconds are over.
 * @returns the answer that fits.
 */
export async function askUntil<T>(
    { pause = 200, seconds }: Patience,
    ask: () => Promise<T>,
    fits: (answer: T) => boolean,
    late: (answer: T) => string,
): Promise<T> {
    const end = performance.now() + seconds * 1000;
    for (;;) {
        const answer = await ask();
        if (fits(answer)) {
            return answer;
        }
        if (performance.now() > end) {
            throw new Error(`not within ${seconds} s: ${late(answer)}`);
        }
        await delay(pause);
    }
}
