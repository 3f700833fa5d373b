import { expect, test } from 'vitest';
import { failureIn, promptIn } from './failures.ts';

test.each([
    '[    3.1] Kernel panic - not syncing: VFS: Unable to mount root fs',
    'rbdboot[map-image] RB204: the monitors rejected the key of client.desks',
    '(initramfs)',
    'No bootable device.',
])('%s', (line) => {
    expect(failureIn(line)?.message).toContain(line);
});

test.each([
    'rbdboot[map-image]: rbd/hosts/desk1 is /dev/rbd0',
    'http://10.77.0.1/by-mac/52-54-00-12-34-01/vmlinuz... ok',
    'http://10.77.0.1/by-mac/52-54-00-12-34-01/vmlinuz... 34%',
    '[    4.2] EXT4-fs (rbd0): mounted filesystem with ordered data mode',
])('%s is no failure', (line) => {
    expect(failureIn(line)).toBeUndefined();
});

test.each(['(initramfs) ', 'Give root password for maintenance'])(
    'the prompt %j never ends, and is a failure all the same',
    (rest) => {
        expect(promptIn(rest)?.message).toContain(rest.trim());
    },
);

test.each([
    'http://10.77.0.1/by-mac/52-54-00-12-34-01/boot.ipxe... o',
    'rbdboot[map-image] RB20',
    '(initram',
])('half a line is not judged: %s', (rest) => {
    expect(promptIn(rest)).toBeUndefined();
});
