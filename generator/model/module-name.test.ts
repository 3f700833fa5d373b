import { expect, it } from 'vitest';
import { parseModuleName } from './module-name.ts';

it.each(['virtio_net', 'e1000e', '8021q', 'i2c-core'])('accepts %s', (text) => {
    expect(parseModuleName(text)).toEqual({ ok: true, value: text });
});

it.each([
    ['virtio_net.ko', 'leave out the file suffix: "virtio_net"'],
    ['virtio_net.ko.xz', 'leave out the file suffix: "virtio_net"'],
    ['', 'a module name has letters'],
    ['-f', 'a module name has letters'],
    ['virtio net', 'a module name has letters'],
    ['../net', 'a module name has letters'],
])('refuses %j', (text, reason) => {
    expect(parseModuleName(text)).toMatchObject({
        ok: false,
        reason: expect.stringContaining(reason),
    });
});
