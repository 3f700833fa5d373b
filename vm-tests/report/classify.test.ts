import { describe, expect, it } from 'vitest';
import type { Observation } from '../journal.ts';
import { classify } from './classify.ts';
import { BootFailure } from './failure-class.ts';

const console = (...lines: string[]): readonly Observation[] =>
    lines.map((text) => ({ at: 0, source: 'console', text }));

const classOfPhases = (reached: string[]) => classify({ observations: [], reached });

describe('the class of a failure', () => {
    it('is that of the code on the console', () => {
        const seen = console('rbdboot[map-image] RB204: the monitors rejected the key of client.x');
        expect(classify({ observations: seen, reached: ['initramfs', 'rbdboot: map-image'] })).toBe(
            'auth',
        );
    });

    it('is that of a line which tells, where there is no code', () => {
        const seen = console('[   12.0] Kernel panic - not syncing: Fatal exception');
        expect(classify({ observations: seen, reached: ['systemd'] })).toBe('kernel');
    });

    it('is not that of a line which every machine shows', () => {
        const seen = console(
            '[  OK  ] Reached target cryptsetup.target - Local Encrypted Volumes.',
            'cryptsetup: ERROR: luks2: cryptsetup failed, bad password or options?',
        );
        expect(classify({ observations: seen.slice(0, 1), reached: ['multi-user'] })).toBe(
            'userspace',
        );
        expect(classify({ observations: seen, reached: ['multi-user'] })).toBe('luks');
        const unit = console(
            '[   41.3] systemd[1]: Failed to start systemd-cryptsetup@data.service - Cryptography Setup for data.',
        );
        expect(classify({ observations: unit, reached: ['multi-user'] })).toBe('luks');
    });

    it('is that which the console is judged by while a machine runs', () => {
        const lines = [
            ["Kernel panic - not syncing: IO-APIC + timer doesn't work!", 'infra'],
            ['[    1.2] Initramfs unpacking failed: read error', 'kernel-load'],
            ['modprobe: FATAL: Module rbd not found', 'kernel-load'],
        ] as const;
        for (const [line, expected] of lines) {
            const seen = console('[    1.0] nothing to say', line);
            expect(classify({ observations: seen, reached: ['kernel'] }), line).toBe(expected);
        }
    });

    it('is that of the phase which did not end, where no line tells', () => {
        expect(classOfPhases(['firmware', 'iPXE: lease'])).toBe('dhcp');
        expect(classOfPhases(['firmware', 'iPXE: lease', 'iPXE: script'])).toBe('http');
        expect(classOfPhases(['initramfs', 'rbdboot: network'])).toBe('net');
        expect(classOfPhases(['systemd', 'multi-user'])).toBe('userspace');
    });

    it('is that of the error, where it brings one, also as the cause of another', () => {
        const observations = console('rbdboot[map-image] RB204: the key was rejected');
        const judged = new BootFailure('disagreement', 'the machine says A, the cluster B');
        const error = new Error('waiting for the login', { cause: judged });
        expect(classify({ error, observations, reached: ['multi-user'] })).toBe('disagreement');
    });

    it('is infra where this computer has no more room', () => {
        const error = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        expect(classify({ error, observations: [], reached: ['systemd'] })).toBe('infra');
    });

    it('is the harness where no machine was seen at all', () => {
        expect(classOfPhases([])).toBe('harness');
    });
});
