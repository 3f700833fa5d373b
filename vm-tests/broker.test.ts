import { expect, test } from 'vitest';
import { nextTurns, type Wish } from './broker.ts';

function wish(who: string, more: Partial<Wish> = {}): Wish {
    return { who, exclusive: [], shared: [], machines: 1, ...more };
}

function turns(holding: readonly Wish[], waiting: readonly Wish[], capacity = 3) {
    return nextTurns({ holding, waiting }, capacity).map(({ who }) => who);
}

test('machines have power up to the number that there is room for', () => {
    expect(turns([], [wish('a'), wish('b'), wish('c'), wish('d')])).toEqual(['a', 'b', 'c']);
    expect(turns([wish('a', { machines: 2 })], [wish('b', { machines: 2 })])).toEqual([]);
});

test('a wish for more machines than there is room for gets the whole room', () => {
    const many = wish('many', { machines: 8 });
    expect(turns([], [many])).toEqual(['many']);
    expect(turns([wish('a')], [many])).toEqual([]);
});

test('whoever needs no machine does not wait for one', () => {
    const waiting = [wish('large', { machines: 2 }), wish('small', { machines: 0 })];
    expect(turns([wish('a'), wish('b')], waiting)).toEqual(['small']);
});

test('a thing is one scenario’s, or shared by those that say so', () => {
    const shared = (who: string) => wish(who, { shared: ['x'] });
    const exclusive = (who: string) => wish(who, { exclusive: ['x'] });
    expect(turns([shared('a')], [shared('b'), exclusive('c')])).toEqual(['b']);
    expect(turns([exclusive('a')], [shared('b'), exclusive('c'), wish('d')])).toEqual(['d']);
});

test('nobody overtakes whoever waits for the same thing', () => {
    const waiting = [wish('b', { exclusive: ['x'] }), wish('c', { shared: ['x'] })];
    expect(turns([wish('a', { shared: ['x'] })], waiting)).toEqual([]);
});

test('nobody small keeps somebody large from his turn for ever', () => {
    const waiting = [wish('large', { machines: 2 }), wish('c')];
    expect(turns([wish('a'), wish('b')], waiting)).toEqual([]);
});

test('whoever needs everything waits until nobody else does', () => {
    const alone = wish('alone', { exclusive: ['cluster'], last: true });
    const other = (who: string) => wish(who, { shared: ['cluster'] });
    expect(turns([], [alone, other('a')])).toEqual(['a']);
    expect(turns([other('a')], [alone])).toEqual([]);
    expect(turns([], [alone])).toEqual(['alone']);
    // While it has everything, the others wait.
    expect(turns([alone], [other('a')])).toEqual([]);
});

test('a wish for all machines lets those pass that need fewer, or they would stand still for it', () => {
    const waiting = [wish('all', { machines: 6 }), wish('b'), wish('c')];
    expect(turns([wish('a')], waiting)).toEqual(['b', 'c']);
    expect(turns([], [wish('all', { machines: 6 })])).toEqual(['all']);
    // Where there is room for one machine only, each needs all of it, and they keep their order.
    expect(turns([], [wish('a'), wish('b')], 1)).toEqual(['a']);
});
