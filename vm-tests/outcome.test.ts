import { expect, test } from 'vitest';
import { now, type Observation, openJournal } from './journal.ts';
import { againstOutcome, outcomeOf } from './outcome.ts';
import type { Machine } from './qemu/machine.ts';
import type { Outcome } from './scenario-plan.ts';

const refusal = ['rbdboot[map-image] RB204: no', 'rbdboot: this machine halts'];

/** A machine of which this was seen, and whether it did what the outcome says. */
function seen(outcome: Outcome, lines: readonly string[], poweredOn = now(), slowness = 1) {
    const journal = openJournal(slowness);
    for (const text of lines) {
        const source: Observation['source'] = text === 'multi-user' ? 'guest' : 'console';
        journal.add({ at: now(), source, text });
    }
    const machine = { journal, poweredOn } as Machine;
    const course = { met: false };
    const held = { outcome, slowness, met: () => Object.assign(course, { met: true }) };
    return { machine, course, ...outcomeOf(machine, held) };
}

test('a code that was waited for meets its outcome', async () => {
    const { course, refused } = seen({ code: 'RB204', within: 5 }, refusal);
    expect(await refused()).toMatchObject({ code: 'RB204', what: 'no' });
    expect(course.met).toBe(true);
});

test('a machine that comes up against its outcome is told of at once', async () => {
    const lines = ['[    9.1] systemd[1]: systemd 252 running', 'small root: mounted'];
    for (const line of ['multi-user', ...lines]) {
        const { course, refused } = seen({ code: 'RB204', within: 60 }, [line]);
        await expect(refused()).rejects.toThrow('came up, and should have failed with RB204');
        expect(course.met).toBe(false);
    }
});

test('another code, or the code too late, does not meet the outcome', async () => {
    const other = seen({ code: 'RB205', within: 0.05 }, refusal);
    await expect(other.refused()).rejects.toThrow('waiting for RB205');
    expect(other.course.met).toBe(false);
    const late = seen({ shows: 'it', within: 1 }, [], now() - 2000);
    await expect(late.showed(/it/)).rejects.toThrow('waiting for it');
    expect(() => late.showedInTime()).toThrow('more than 1 s to show it');
    expect(late.course.met).toBe(false);
});

test('a slow computer has more time, counted from power-on', async () => {
    const code: Outcome = { code: 'RB204', within: 1 };
    const shows: Outcome = { shows: 'it', within: 1 };
    const slow = (outcome: Outcome, ago: number) => seen(outcome, [], now() - ago, 3);
    const say = (machine: Machine, lines: readonly string[]) =>
        setTimeout(() => {
            for (const text of lines) {
                machine.journal.add({ at: now(), source: 'console', text });
            }
        }, 50);
    const refused = slow(code, 2000);
    say(refused.machine, refusal);
    expect(await refused.refused()).toMatchObject({ code: 'RB204' });
    const shown = slow(shows, 2000);
    say(shown.machine, ['it']);
    expect(await shown.showed(/it/)).toMatchObject({ text: 'it' });
    await expect(slow(code, 4000).refused()).rejects.toThrow('not within 3 s');
    await expect(slow(shows, 4000).showed(/it/)).rejects.toThrow('not within 3 s');
});

test('a scenario is held to the kind of outcome that it states', async () => {
    const { refused, showed, showedInTime } = seen('up', refusal);
    await expect(refused()).rejects.toThrow('not the code of a failure');
    await expect(showed(/RB204/)).rejects.toThrow('not something that is shown');
    expect(showedInTime).toThrow('not something that is shown');
});

test('an outcome that nobody waited for speaks against a scenario', () => {
    const up = [seen('up', ['multi-user']).machine];
    const shows: Outcome = { shows: 'a prompt', within: 1 };
    expect(againstOutcome({ code: 'RB204', within: 1 }, false, up)).toContain('RB204');
    expect(againstOutcome({ code: 'RB204', within: 1 }, true, up)).toBeUndefined();
    expect(againstOutcome(shows, false, up)).toContain('a prompt');
    expect(againstOutcome(shows, true, up)).toBeUndefined();
    expect(againstOutcome('up', false, [])).toContain('came up');
    expect(againstOutcome('up', false, up)).toBeUndefined();
    expect(againstOutcome({ proves: 'it' }, false, [])).toBeUndefined();
});
