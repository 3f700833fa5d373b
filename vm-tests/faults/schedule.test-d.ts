import { expectTypeOf, test } from 'vitest';
import { at, type ScheduledFault } from './schedule.ts';
import { cutCable, cutPower } from './vocabulary.ts';

test('a fault is of a phase that there is', () => {
    at('rbdboot: map-image', cutCable());
    // @ts-expect-error: there is no such step
    at('rbdboot: map-imgae', cutCable());
    // @ts-expect-error: nor such a phase to end with
    at('systemd', cutCable()).until('the weekend');
});

test('what nothing takes back has no end', () => {
    expectTypeOf(at('multi-user', cutPower()).after(3)).toExtend<ScheduledFault>();
    // @ts-expect-error: power does not come back by itself
    at('multi-user', cutPower()).lasting(3);
});

test('one end is enough', () => {
    const scheduled = at('systemd', cutCable()).lasting(10);
    expectTypeOf(scheduled).toEqualTypeOf<ScheduledFault>();
    // @ts-expect-error: it ends after 10 s
    scheduled.until('multi-user');
});
