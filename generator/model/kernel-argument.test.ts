import { describe, expect, it } from 'vitest';
import { parseKernelArgument } from './kernel-argument.ts';

describe('parseKernelArgument', () => {
    it.each([
        'console=ttyS0,115200',
        'quiet',
        'nvme_core.default_ps_max_latency_us=0',
        'i915.enable_guc=3',
        'crashkernel=256M',
        'memmap=64M$0x100000000',
        'keyboard=de',
    ])('accepts %s', (text) => {
        expect(parseKernelArgument(text)).toEqual({ ok: true, value: text });
    });

    it.each([
        ['', 'one word'],
        ['a b', 'one word'],
        ['a\nb', 'one word'],
        ['grüße', 'one word'],
        ["a='b'", 'quotes'],
        ['a\\b', 'quotes'],
        ['ip=${net0/ip}', 'iPXE'],
        ['ip=dhcp', 'write "address"'],
        ['--', 'begins with'],
        ['||', 'iPXE'],
        ['a||b', 'iPXE'],
        ['a&&b', 'iPXE'],
        ['a#b', 'iPXE'],
        ['a={b}', 'iPXE'],
        ['rbdboot.debug', 'rbdboot itself'],
        ['rbdroot=10.0.0.1:desks:AQ:rbd:desk1', 'holds a key'],
        ['ceph.secret=x', 'holds a key'],
        ['luks.passphrase=x', 'holds a key'],
        ['x=AQBxyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxy==', 'holds a key'],
    ])('refuses %j', (text, reason) => {
        expect(parseKernelArgument(text)).toMatchObject({
            ok: false,
            reason: expect.stringContaining(reason),
        });
    });
});
