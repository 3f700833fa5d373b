import { describe, expect, it } from 'vitest';
import { fails, passes, runs } from '../testing/runs.ts';
import type { ProgressEvent } from './channel.ts';
import { type Planned, startWatch } from './watch.ts';

const planned = (id: string, more: Partial<Planned> = {}): Planned => ({
    id,
    together: 1,
    alone: false,
    ...more,
});
const at = (seconds: number) => 1_000_000 + seconds * 1000;

function watch(ids: readonly string[], history = runs()) {
    const lines: string[] = [];
    const watched = startWatch({
        planned: ids.map((id) => planned(id)),
        history,
        room: 2,
        began: at(0),
        say: (line) => lines.push(line),
    });
    const take = (seconds: number, ...events: readonly ProgressEvent[]) => {
        lines.length = 0;
        watched.take(events, at(seconds));
        return [...lines];
    };
    return { take, watched };
}

const begins = (id: string, seconds: number): ProgressEvent => ({
    at: at(seconds),
    id,
    kind: 'begins',
    title: `scenario ${id}`,
});
const boot = (id: string, machine: string, seconds: number): readonly ProgressEvent[] => [
    { at: at(seconds), id, kind: 'power-on', machine },
    { at: at(seconds), id, kind: 'phase', machine, phase: 'firmware' },
    { at: at(seconds + 2), id, kind: 'phase', machine, phase: 'kernel' },
    { at: at(seconds + 5), id, kind: 'sign', machine, source: 'console' },
];

describe('what is said of a run', () => {
    it('is when a scenario begins and ends, with where the time went, and how far all of it is', () => {
        const { take } = watch(['H01', 'F16'], runs(['a1', passes('H01'), passes('F16')]));
        expect(take(1, begins('H01', 1))).toEqual(['   0:01  H01   begins: scenario H01']);
        expect(
            take(
                9,
                ...boot('H01', 'desk1', 2),
                { at: at(8), id: 'H01', kind: 'phase', machine: 'desk1', phase: 'multi-user' },
                {
                    at: at(9),
                    id: 'H01',
                    kind: 'ends',
                    outcome: 'passed',
                    measured: [['maps', 'p50 1.0 s']],
                },
            ),
        ).toEqual([
            '   0:09  H01   passed in 8.0 s: desk1 6.0 s (kernel 4.0, firmware 2.0)',
            '   0:09  H01   maps: p50 1.0 s',
            '   0:09        1 of 2 done, 0 running; about 20 s left by earlier runs',
        ]);
    });

    it('is of a failure its class, its message and its bundle', () => {
        const { take } = watch(['F16']);
        take(1, begins('F16', 1));
        const ends = {
            at: at(62),
            id: 'F16',
            kind: 'ends',
            outcome: 'failed',
            class: 'auth',
        } as const;
        const bundle = 'build/bundles/F16';
        expect(take(62, { ...ends, message: 'not within 60 s\nand more', bundle })).toEqual([
            '   1:02  F16   FAILED after 61.0 s: auth: not within 60 s',
            '   1:02  F16   all that is known of it: build/bundles/F16/summary.md',
            '   1:02        1 of 1 done, 1 failed',
        ]);
    });

    it('comes at least every 10 s of each that runs, with its phase and its last sign of life', () => {
        const { take } = watch(['H01', 'F16']);
        take(7, begins('H01', 1), begins('F16', 1), ...boot('H01', 'desk1', 2));
        expect(take(10)).toEqual([]);
        expect(take(11)).toEqual([
            '   0:11  H01   desk1 9 s: kernel for 7 s, last sign 4 s ago (console)',
            '   0:11  F16   10 s: no machine has power yet',
        ]);
        expect(take(20)).toEqual([]);
        expect(take(21)).toHaveLength(2);
    });

    it('names three machines of many, and none that has lost its power', () => {
        const { take } = watch(['H20']);
        const machines = ['a', 'b', 'c', 'd', 'e'].flatMap((name) => boot('H20', name, 2));
        take(7, begins('H20', 1), ...machines, {
            at: at(7),
            id: 'H20',
            kind: 'power-off',
            machine: 'a',
        });
        expect(take(20)[0]).toMatch(/ b 18 s: .*; c 18 s: .*; d 18 s: .*; and 1 more$/);
    });

    it('is what was done to a machine', () => {
        const { take } = watch(['F05']);
        const fault = {
            at: at(3),
            id: 'F05',
            kind: 'fault',
            machine: 'desk1',
            what: 'begins: the cable is out',
        } as const;
        expect(take(3, begins('F05', 1), fault)).toContain(
            '   0:03  F05   desk1: fault begins: the cable is out',
        );
    });

    it('has nothing to say of scenarios that are not of this run', () => {
        const { take, watched } = watch(['L04']);
        expect(take(30, begins('L99', 1), begins('L04', 1))).toHaveLength(2);
        expect(watched.unfinished()).toEqual(['L04']);
    });

    it('names what began and never ended', () => {
        const { take, watched } = watch(['F05', 'H01']);
        take(3, begins('F05', 1), begins('H01', 1), {
            at: at(3),
            id: 'H01',
            kind: 'ends',
            outcome: 'passed',
        });
        expect(watched.unfinished()).toEqual(['F05']);
    });
});

describe('the time that is left', () => {
    it('is not guessed where no earlier run tells', () => {
        const nothing = watch(['H01', 'F16'], runs(['a1', fails('H01')]));
        expect(nothing.watched.standing(at(0))).toBe(
            '0 of 2 done, 0 running; no earlier run to tell the time left by',
        );
    });

    it('says how many of them it knows nothing of', () => {
        const some = watch(['H01', 'F16'], runs(['a1', passes('H01', { seconds: 300 })]));
        expect(some.watched.standing(at(0))).toBe(
            '0 of 2 done, 0 running; about 5 min left by earlier runs, 1 of them never ran here',
        );
    });
});
