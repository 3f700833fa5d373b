import { describe, expect, it } from 'vitest';
import { boundOfBoots, phaseBudget, secondsOfBoots } from './budgets.ts';

const machine = {
    name: 'desk1',
    console: [],
    phases: [
        { name: 'firmware', at: 0, took: 2 },
        { name: 'kernel', at: 2, took: 8 },
        { name: 'multi-user', at: 10 },
    ],
};

describe('the budget of a boot', () => {
    it('is that of its phases, as far as it went through them', () => {
        expect(boundOfBoots({ machines: [machine] })).toBe(6 + 10);
        expect(boundOfBoots({ machines: [machine, machine] })).toBe(32);
        expect(secondsOfBoots({ machines: [machine, machine] })).toBe(20);
    });

    it('has what a machine is documented to wait for a lock that nobody holds any more', () => {
        const text = 'rbd: rbd0: breaking header lock owned by client4123';
        const waiting = { ...machine, console: [[9, text] as const] };
        expect(boundOfBoots({ machines: [waiting] })).toBe(6 + 10 + 30);
    });

    it('is what is said of it where the machine is to fail', () => {
        expect(boundOfBoots({ machines: [machine], within: 60 })).toBe(60);
    });

    it('is absent where no machine had power', () => {
        expect(boundOfBoots({ machines: [], within: 60 })).toBeUndefined();
        expect(secondsOfBoots({ machines: [] })).toBeUndefined();
    });
});

it.each([
    ['firmware', 6],
    ['iPXE: lease', 8],
    ['iPXE: initrd', 3],
    ['rbdboot: map-image', 6],
    ['rbdboot: mount-root', 4],
    ['systemd', 25],
    // A machine stays in it.
    ['multi-user', undefined],
])('the phase %j may take %j s', (name, seconds) => {
    expect(phaseBudget(name)).toBe(seconds);
});
