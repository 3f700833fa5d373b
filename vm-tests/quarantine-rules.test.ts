import { expect, test } from 'vitest';
import { readManifest } from './manifest.ts';
import { type QuarantineEntry, quarantine } from './quarantine.ts';
import { quarantined, quarantineProblems } from './quarantine-rules.ts';

const today = new Date('2026-03-10T22:15:00Z');
const planned = Array.from({ length: 40 }, (_, index) => `F${String(index).padStart(2, '0')}`);

const entry = (changes: Partial<QuarantineEntry> = {}): QuarantineEntry => ({
    id: 'F16',
    reason: 'the monitor of Ceph 20 words its refusal in another way',
    tracker: 'https://example.org/issues/7',
    owner: 'ada',
    expires: '2026-03-20',
    ...changes,
});

const problems = (...entries: QuarantineEntry[]) => quarantineProblems(entries, planned, today);

test('an entry that says why, where, who and until when is in order', () => {
    expect(problems()).toEqual([]);
    expect(problems(entry(), entry({ id: 'F17' }))).toEqual([]);
});

test('its last day still counts, the day after does not', () => {
    expect(problems(entry({ expires: '2026-03-10' }))).toEqual([]);
    expect(problems(entry({ expires: '2026-03-09' }))).toEqual([
        'F16: it was over on 2026-03-09: mend the scenario, or delete it',
    ]);
});

test('nothing is in quarantine for more than 14 days', () => {
    expect(problems(entry({ expires: '2026-03-24' }))).toEqual([]);
    expect(problems(entry({ expires: '2026-03-25' }))).toEqual([
        'F16: 2026-03-25 is more than 14 days ahead',
    ]);
});

test.each([
    [{ reason: ' ' }, 'it has no reason'],
    [{ tracker: 'soon' }, 'its tracker is no URL'],
    [{ owner: '' }, 'it has no owner'],
    [{ expires: 'never' }, '"never" is no day such as 2026-01-31'],
    [{ id: 'F99' }, 'there is no such scenario'],
])('an entry with %j is not complete', (changes, problem) => {
    expect(problems(entry(changes))).toEqual([
        `${'id' in changes ? changes.id : 'F16'}: ${problem}`,
    ]);
});

test('a scenario is there once, and no more than one in twenty are', () => {
    expect(problems(entry(), entry())).toEqual(['F16: it is there twice']);
    expect(problems(entry(), entry({ id: 'F17' }), entry({ id: 'F18' }))).toEqual([
        '3 of 40 scenarios are in quarantine: at most 2 may be',
    ]);
});

test('a scenario is found by its id alone', () => {
    expect(quarantined([entry()], 'F16')?.owner).toBe('ada');
    expect(quarantined([entry()], 'F16.again')).toBeUndefined();
});

test('the quarantine of this repository is in order today', () => {
    const ids = readManifest().map(({ id }) => id);
    expect(quarantineProblems(quarantine, ids, new Date())).toEqual([]);
});
