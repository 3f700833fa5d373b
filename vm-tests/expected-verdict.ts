import type { FailureClass } from './report/failure-class.ts';
import type { ExpectedVerdict, Outcome } from './scenario-plan.ts';

/** What the lab makes of a scenario when its play is over. */
export interface Verdict {
    /** Absent: it passed. */
    readonly failure?: Failure;
    /** Seconds from the first power-on to the verdict. 0: no machine had power. */
    readonly seconds: number;
}

/** Why a scenario does not pass. */
export interface Failure {
    readonly class: FailureClass;
    readonly error: Error;
}

/**
 * What a scenario ends with: the lab's verdict, as a rule. One that breaks a machine on purpose fails
 * where the verdict is not the one that the lab should have come to, which is a fault of the lab.
 *
 * @param slowness what the seconds are multiplied with.
 */
export function resultOf(
    outcome: Outcome,
    verdict: Verdict,
    slowness: number,
): Failure | undefined {
    if (typeof outcome !== 'object' || !('verdict' in outcome)) {
        return verdict.failure;
    }
    const wrong = wrongIn(verdict, outcome, slowness);
    return wrong === undefined
        ? undefined
        : { class: 'harness', error: new Error(wrong, { cause: verdict.failure?.error }) };
}

function wrongIn(
    { failure, seconds }: Verdict,
    { says, verdict, within }: ExpectedVerdict,
    slowness: number,
): string | undefined {
    if (failure === undefined) {
        return `the lab let a broken machine pass, which is a case of ${verdict}`;
    }
    const { message } = failure.error;
    if (failure.class !== verdict || !message.includes(says)) {
        return `the lab calls it ${failure.class}: ${message}\nIt is a case of ${verdict}: ${says}`;
    }
    const limit = within * slowness;
    return seconds > limit
        ? `the lab needed ${seconds.toFixed(1)} s for that, not ${limit} s at the most: ${message}`
        : undefined;
}
