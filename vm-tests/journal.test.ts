import { expect, test } from 'vitest';
import { now, type Observation, openJournal } from './journal.ts';

const seen = (text: string): Observation => ({ at: now(), source: 'console', text });
const says = (text: string) => (one: Observation) => one.text === text;

test('a wait ends with what was seen before or comes later', async () => {
    const journal = openJournal();
    journal.add(seen('early'));
    expect((await journal.waitFor('early', says('early'), 1)).text).toBe('early');
    const late = journal.waitFor('late', says('late'), 1);
    journal.add(seen('other'));
    journal.add(seen('late'));
    expect((await late).text).toBe('late');
});

test('a wait that takes too long says what was seen last', async () => {
    const journal = openJournal();
    journal.add(seen('last words'));
    await expect(journal.waitFor('the login', says('login'), 0.01)).rejects.toThrow(
        /waiting for the login: not within 0.01 s; seen last: console .* "last words"/,
    );
});

test('everybody who waits is told when the machine ends, and whoever comes later too', async () => {
    const journal = openJournal();
    journal.add(seen('seen'));
    const waiting = journal.waitFor('more', says('more'), 60);
    journal.close(new Error('QEMU ended'));
    journal.close(new Error('a later reason'));
    await expect(waiting).rejects.toThrow('waiting for more: QEMU ended');
    await expect(journal.waitFor('more', says('more'), 60)).rejects.toThrow('QEMU ended');
    expect((await journal.waitFor('seen', says('seen'), 60)).text).toBe('seen');
});

test('a machine that moves no more is given up by those who have waited that long', async () => {
    const journal = openJournal();
    const patient = journal.waitFor('the login', says('login'), 60);
    await new Promise((resolve) => setTimeout(resolve, 60));
    const newcomer = journal.waitFor('the end', says('end'), 60);
    expect(journal.isWaitedFor(0, 0.05)).toBe(true);
    expect(journal.isWaitedFor(now(), 0.05)).toBe(false);
    journal.giveUp(0, 0.05, new Error('nothing moved'));
    await expect(patient).rejects.toThrow('waiting for the login: nothing moved');
    journal.add(seen('end'));
    expect((await newcomer).text).toBe('end');
    expect(journal.closed()).toBeUndefined();
});
