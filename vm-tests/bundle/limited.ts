import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inTime } from '../in-time.ts';

/** Seconds that one step of looking for the cause may take, on a computer of the usual speed. */
const stepSeconds = 5;

/** Does steps of which each may fail or hang without harm to the others. */
export interface LimitedSteps {
    /** @returns nothing if the step fails, or is not done in time. */
    readonly take: <T>(name: string, work: () => Promise<T>) => Promise<T | undefined>;
}

/**
 * @param directory gets `not-collected.txt`, with what failed and why.
 * @param usualSeconds after which no further step begins.
 * @param slowness what all of these seconds are multiplied with. Default: 1.
 */
export function limitSteps(directory: string, usualSeconds: number, slowness = 1): LimitedSteps {
    const totalSeconds = usualSeconds * slowness;
    const end = performance.now() + totalSeconds * 1000;
    const excuse = (name: string, why: string) =>
        appendFile(join(directory, 'not-collected.txt'), `${name}: ${why}\n`);
    return {
        async take(name, work) {
            const untilEnd = (end - performance.now()) / 1000;
            const left = Math.min(untilEnd, stepSeconds * slowness);
            if (left <= 0) {
                await excuse(name, `not begun: ${totalSeconds} s were over`);
                return undefined;
            }
            try {
                return await inTime(left, work(), `not done within ${left.toFixed(1)} s`);
            } catch (error) {
                const [line = ''] = (error instanceof Error ? error.message : String(error)).split(
                    '\n',
                );
                await excuse(name, line);
                return undefined;
            }
        },
    };
}
