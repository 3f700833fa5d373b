import { describe, expect, it } from 'vitest';
import type { Observation } from '../journal.ts';
import { classify } from './classify.ts';

const console = (...lines: string[]): readonly Observation[] =>
    lines.map((text) => ({ at: 0, source: 'console', text }));

describe('the class of a failure', () => {
    it('is that of the code on the console', () => {
        const seen = console('rbdboot[map-image] RB204: the monitors rejected the key of client.x');
        expect(classify(seen, ['initramfs', 'rbdboot: map-image'])).toBe('auth');
    });

    it('is that of a line which tells, where there is no code', () => {
        const seen = console('[   12.0] Kernel panic - not syncing: Fatal exception');
        expect(classify(seen, ['systemd'])).toBe('kernel');
    });

    it('is that of the phase which did not end, where no line tells', () => {
        expect(classify([], ['firmware', 'iPXE: lease'])).toBe('dhcp');
        expect(classify([], ['firmware', 'iPXE: lease', 'iPXE: script'])).toBe('http');
        expect(classify([], ['initramfs', 'rbdboot: network'])).toBe('net');
        expect(classify([], ['systemd', 'multi-user'])).toBe('userspace');
    });

    it('is the harness where no machine was seen at all', () => {
        expect(classify([], [])).toBe('harness');
    });
});
