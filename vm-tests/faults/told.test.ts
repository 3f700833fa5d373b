import { expect, test } from 'vitest';
import type { Observation } from '../journal.ts';
import { printFaults, toldFaults } from './told.ts';

const observations: readonly Observation[] = [
    { at: 1000, source: 'harness', text: 'power on' },
    { at: 2500.4, source: 'fault', text: 'begins: the cable of nic0 is out' },
    { at: 3000, source: 'console', text: 'rbdboot[map-image]: mapping' },
    { at: 12_500, source: 'fault', text: 'ends: the cable of nic0 is out' },
];

test('what was done to a machine is told with its time, and nothing else', () => {
    const told = toldFaults(observations, 1000);
    expect(told).toEqual([
        [1.5, 'begins: the cable of nic0 is out'],
        [11.5, 'ends: the cable of nic0 is out'],
    ]);
    expect(printFaults(told)).toBe(
        '   1.5 s  begins: the cable of nic0 is out\n  11.5 s  ends: the cable of nic0 is out',
    );
});
