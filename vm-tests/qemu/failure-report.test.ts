import { expect, test } from 'vitest';
import { parseReport } from './failure-report.ts';

test('a report has what failed, what to do, the facts and the words of the kernel', () => {
    const report = parseReport([
        'rbdboot[map-image] RB206: there is no image rbd/hosts/desk1',
        '  to do: create it: "rbd ls" lists the images',
        '  nic: enp0s2 52:54:00:12:34:01',
        '  image: rbd/hosts/desk1 as client.desks',
        '[   12.345678] rbd: image rbd/hosts/desk1 does not exist',
    ]);
    expect(report).toEqual({
        step: 'map-image',
        code: 'RB206',
        what: 'there is no image rbd/hosts/desk1',
        cure: 'create it: "rbd ls" lists the images',
        facts: {
            nic: 'enp0s2 52:54:00:12:34:01',
            image: 'rbd/hosts/desk1 as client.desks',
        },
        kernel: ['rbd: image rbd/hosts/desk1 does not exist'],
    });
});
