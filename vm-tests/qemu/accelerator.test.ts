import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseAccelerator, type Probe, type Probed, qemuProbe } from './accelerator.ts';

/** A machine on which the probe takes so long, or ends so. */
function machine(tcg: Probed, kvm: Probed): Probe {
    return async (name) => (name === 'tcg' ? tcg : kvm);
}

const usual: Probed = { ok: true, seconds: 0.35 };
const aborts: Probed = { ok: false, reason: 'QEMU ended with SIGABRT' };

describe('the accelerator', () => {
    it('is KVM where that runs code, and fast', async () => {
        const chosen = await chooseAccelerator('auto', machine(usual, { ok: true, seconds: 0.05 }));
        expect(chosen).toMatchObject({ name: 'kvm', slowness: 1 });
    });

    it('is emulation where KVM opens and aborts, or crawls', async () => {
        const dead = await chooseAccelerator('auto', machine(usual, aborts));
        expect(dead).toMatchObject({ name: 'tcg', slowness: 1 });
        expect(dead.reason).toContain('no KVM: QEMU ended with SIGABRT');
        const slow = await chooseAccelerator('auto', machine(usual, { ok: true, seconds: 1.9 }));
        expect(slow.name).toBe('tcg');
    });

    it('is not changed behind the back of who asked for one', async () => {
        await expect(chooseAccelerator('kvm', machine(usual, aborts))).rejects.toThrow(
            'KVM was asked for and does not work here: QEMU ended with SIGABRT',
        );
        const fast = machine(usual, { ok: true, seconds: 0.05 });
        expect((await chooseAccelerator('tcg', fast)).name).toBe('tcg');
    });

    it('gives more time to machines on a slower computer, within reason', async () => {
        const at = async (seconds: number) =>
            (await chooseAccelerator('tcg', machine({ ok: true, seconds }, aborts))).slowness;
        expect(await at(0.1)).toBe(1);
        expect(await at(0.7)).toBe(2);
        expect(await at(60)).toBe(8);
    });

    it('says what QEMU said where nothing runs', async () => {
        await expect(chooseAccelerator('auto', machine(aborts, aborts))).rejects.toThrow(
            'QEMU runs no code at all: QEMU ended with SIGABRT',
        );
    });

    it('runs code with the real QEMU', { timeout: 60_000 }, async () => {
        const scratch = mkdtempSync(join(tmpdir(), 'rbdboot-probe-'));
        try {
            const probed = await qemuProbe(scratch)('tcg', 30);
            expect(probed).toEqual({ ok: true, seconds: expect.any(Number) });
        } finally {
            rmSync(scratch, { recursive: true });
        }
    });
});
