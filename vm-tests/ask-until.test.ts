import { expect, test } from 'vitest';
import { askUntil } from './ask-until.ts';

/** Answers 1, 2, 3 and so on. */
function counting() {
    let count = 0;
    return async () => ++count;
}

test('the first answer that fits is given, after as many as it takes', async () => {
    const ask = counting();
    const answer = await askUntil({ seconds: 5, pause: 1 }, ask, (count) => count === 3, String);
    expect(answer).toBe(3);
    expect(await ask()).toBe(4);
});

test('when the time is over the last answer is told', async () => {
    const late = (count: number) => `asked ${count > 1 ? 'often' : 'once'}`;
    const never = askUntil({ seconds: 0.05, pause: 5 }, counting(), () => false, late);
    await expect(never).rejects.toThrow('not within 0.05 s: asked often');
});

test('a question that cannot be asked ends it', async () => {
    const broken = async () => Promise.reject(new Error('no cluster'));
    const asked = askUntil({ seconds: 5 }, broken, () => true, String);
    await expect(asked).rejects.toThrow('no cluster');
});
