import { describe, expect, it, test } from 'vitest';
import { resultOf, type Verdict } from './expected-verdict.ts';
import type { FailureClass } from './report/failure-class.ts';

const outcome = { verdict: 'auth', says: 'RB204', within: 30 } as const;
const failed = (kind: FailureClass, message: string, seconds: number) => ({
    failure: { class: kind, error: new Error(message) },
    seconds,
});

test('a scenario ends with what the lab makes of it', () => {
    const verdict = failed('auth', 'RB204: rejected', 8);
    expect(resultOf('up', verdict, 1)).toBe(verdict.failure);
    expect(resultOf({ code: 'RB204', within: 30 }, verdict, 1)).toBe(verdict.failure);
    expect(resultOf('up', { seconds: 8 }, 1)).toBeUndefined();
});

describe('of a machine that is broken on purpose', () => {
    it('the lab has to name class and fault in time', () => {
        expect(resultOf(outcome, failed('auth', 'RB204: rejected', 8), 1)).toBeUndefined();
        expect(resultOf(outcome, failed('auth', 'RB204: rejected', 45), 2)).toBeUndefined();
    });

    it.each<[string, Verdict, RegExp]>([
        ['lets it pass', { seconds: 8 }, /let a broken machine pass, .* case of auth/],
        ['names another class', failed('mon', 'RB204: x', 8), /calls it mon: RB204: x/],
        ['finds another fault', failed('auth', 'RB207: y', 8), /calls it auth: RB207: y/],
        ['waits for its time-out', failed('auth', 'RB204', 31), /needed 31\.0 s .*, not 30 s/],
        ['had no machine at all', failed('harness', 'no such host', 0), /harness: no such host/],
    ])('the lab is wrong when it %s', (_, verdict, message) => {
        const result = resultOf(outcome, verdict, 1);
        expect(result?.class).toBe('harness');
        expect(result?.error.message).toMatch(message);
    });
});
