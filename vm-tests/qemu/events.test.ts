import { expect, test } from 'vitest';
import { parseGuestEvent, rootMountIn } from './events.ts';

test('an event has a name, the time and data', () => {
    const line = '{"event":"end","uptime":31.52,"data":"f00d"}';
    expect(parseGuestEvent(line)).toEqual({ event: 'end', data: 'f00d' });
});

test('what is no event is nothing, and does not stop the test', () => {
    expect(parseGuestEvent('{"event":"do')).toBeUndefined();
    expect(parseGuestEvent('null')).toBeUndefined();
    expect(parseGuestEvent('{"uptime":1}')).toBeUndefined();
});

test('the mount of / is read from what findmnt prints', () => {
    const mount = { source: '/dev/rbd0', fstype: 'ext4', options: 'rw,relatime' };
    expect(rootMountIn({ filesystems: [mount] })).toEqual(mount);
    expect(rootMountIn(null)).toBeUndefined();
});
