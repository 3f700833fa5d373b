import { describe, expect, it } from 'vitest';
import { passes, runs } from '../testing/runs.ts';
import { type Ahead, timeLeft } from './time-left.ts';

const ahead = (id: string, more: Partial<Ahead> = {}): Ahead => ({
    id,
    together: 1,
    alone: false,
    ...more,
});
const history = runs([
    'a1',
    passes('A', { seconds: 60 }),
    passes('B', { seconds: 60 }),
    passes('C', { seconds: 60 }),
    passes('D', { seconds: 600 }),
]);
const seconds = (of: readonly Ahead[], room = 2) => timeLeft(of, history, room)?.seconds;

describe('the time left', () => {
    it('shares the room among machines', () => {
        expect(seconds([ahead('A'), ahead('B')])).toBe(60);
        expect(seconds([ahead('A'), ahead('B'), ahead('C')], 1)).toBe(180);
        expect(seconds([ahead('A', { together: 2 }), ahead('B')])).toBe(90);
    });

    it('is never less than the longest of them takes', () => {
        expect(seconds([ahead('A'), ahead('D')], 8)).toBe(600);
    });

    it('has after all others what nothing runs beside', () => {
        expect(seconds([ahead('A'), ahead('B', { alone: true })])).toBe(120);
    });

    it('takes off what has passed, and no more than all', () => {
        expect(seconds([ahead('A', { elapsed: 45 })])).toBe(15);
        expect(seconds([ahead('A', { elapsed: 90 })])).toBe(0);
    });

    it('looks at the last runs, and takes the middle for what it does not know', () => {
        const six = runs(
            ...[10, 50, 50, 50, 50, 50].map(
                (took, index) => [`a${index}`, passes('A', { seconds: took })] as const,
            ),
        );
        expect(timeLeft([ahead('A')], six, 1)).toEqual({ seconds: 50, unknown: 0 });
        expect(timeLeft([ahead('Z')], six, 1)).toEqual({ seconds: 50, unknown: 1 });
        expect(timeLeft([ahead('A')], runs(), 1)).toBeUndefined();
    });
});
