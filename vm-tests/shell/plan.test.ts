import { expect, test } from 'vitest';
import { shellPlan } from './plan.ts';

test.each([
    [{}, 'reference', 'network'],
    [{ HOST: 'desk2' }, 'fleet/desk2', 'direct'],
    [{ HOST: 'trixie/desk1', LANE: 'network' }, 'trixie/desk1', 'network'],
])('%j is a machine and a way to its kernel', (wish, machine, lane) => {
    expect(shellPlan(wish)).toMatchObject({ machines: [machine], lane });
});

test.each([
    [{ HOST: 'nowhere/desk1' }, /HOST is nowhere\/desk1: CONFIGURATION\/MACHINE, of fleet/],
    [{ HOST: 'fleet/' }, /HOST is fleet\//],
    [{ HOST: 'fleet/desk1/desk2' }, /HOST is fleet\/desk1\/desk2: CONFIGURATION\/MACHINE/],
    [{ LANE: 'usb' }, /LANE is usb: it can be network or direct/],
])('%j is refused, with what there is', (wish, message) => {
    expect(() => shellPlan(wish)).toThrow(message);
});
