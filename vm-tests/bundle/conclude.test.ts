import { expect, test } from 'vitest';
import { repeatCommand } from './conclude.ts';

test('one line does the same again', () => {
    expect(repeatCommand('F16', { accelerator: 'tcg' })).toBe(
        'make vm-test ONLY=F16 RBDBOOT_ACCELERATOR=tcg',
    );
    expect(repeatCommand('F27.4', { accelerator: 'kvm', firmware: 'uefi', seed: '4711' })).toBe(
        'make vm-test ONLY=F27.4 RBDBOOT_ACCELERATOR=kvm FIRMWARE=uefi SEED=4711',
    );
});
