import { access, constants, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { Complaint } from '../complaint.ts';

export type AcceleratorName = 'tcg' | 'kvm';

/** What runs the code of the machines, and how fast. */
export interface Accelerator {
    readonly name: AcceleratorName;
    /** Why this one, as a sentence. */
    readonly reason: string;
    /** What bounds of time are multiplied with: 1 on a machine as fast as those that they were found on. */
    readonly slowness: number;
}

/** What came of running the probe. */
export type Probed =
    | { readonly ok: true; readonly seconds: number }
    | { readonly ok: false; readonly reason: string };

/** Runs the probe with an accelerator. */
export type Probe = (name: AcceleratorName, boundSeconds: number) => Promise<Probed>;

/**
 * The processors that are given to machines.
 *
 * Emulated it is the newest that there is, less the five-level page tables, and less the fast string
 * instructions: these are fast on silicon alone, the kernel clears its pages with them, and a boot
 * takes 8 s longer.
 */
export const processors: Readonly<Record<AcceleratorName, string>> = Object.freeze({
    tcg: 'max,la57=off,erms=off,fsrm=off',
    kvm: 'host',
});

/** Seconds that the emulated probe takes where the bounds of the scenarios were found. */
const usualSeconds = 0.35;

/**
 * Chooses by running code and timing it. A /dev/kvm that opens proves nothing: there are machines on
 * which QEMU then aborts, and some on which it works ninety times slower than emulation.
 *
 * @param asked `'auto'` takes KVM if it is no slower than twice the emulation.
 * @throws Complaint if neither runs, or KVM is asked for and does not work.
 */
export async function chooseAccelerator(
    asked: AcceleratorName | 'auto',
    probe: Probe,
): Promise<Accelerator> {
    const emulated = await probe('tcg', 30);
    if (!emulated.ok) {
        throw new Complaint(`QEMU runs no code at all: ${emulated.reason}`);
    }
    const described = `${emulated.seconds.toFixed(2)} s for the probe`;
    if (asked === 'tcg') {
        return accelerator('tcg', emulated.seconds, `asked for, ${described}`);
    }
    const bound = Math.min(2, 2 * emulated.seconds);
    const native = await probe('kvm', bound);
    if (native.ok && native.seconds < bound) {
        return accelerator('kvm', native.seconds, `${native.seconds.toFixed(2)} s for the probe`);
    }
    const reason = native.ok ? `it took ${native.seconds.toFixed(2)} s` : native.reason;
    if (asked === 'kvm') {
        throw new Complaint(
            `KVM was asked for and does not work here: ${reason}. Emulation takes ${described}`,
        );
    }
    return accelerator('tcg', emulated.seconds, `${described}; no KVM: ${reason}`);
}

function accelerator(name: AcceleratorName, seconds: number, reason: string): Accelerator {
    return { name, reason, slowness: Math.min(8, Math.max(1, seconds / usualSeconds)) };
}

/** Ends QEMU by itself, with this status: `(0x11 << 1) | 1`. */
const ranStatus = 35;

/**
 * A boot sector that counts down from 2^25 and then writes 0x11 to the port of isa-debug-exit:
 * `mov ecx,0x2000000; dec ecx; jnz -4; mov al,0x11; out 0xf4,al; jmp $`, in real mode.
 */
function bootSector(): Buffer {
    const sector = Buffer.alloc(512);
    Buffer.from('66b900000002664975fcb011e6f4f4ebfd', 'hex').copy(sector);
    sector.writeUInt16LE(0xaa55, 510);
    return sector;
}

/** The probe with the real QEMU. @param scratch a directory. */
export function qemuProbe(scratch: string): Probe {
    return async (name, boundSeconds) => {
        if (name === 'kvm' && !(await opens('/dev/kvm'))) {
            return { ok: false, reason: '/dev/kvm cannot be opened' };
        }
        const file = join(scratch, 'probe.img');
        await writeFile(file, bootSector());
        const options = [
            ...['-accel', name, '-cpu', processors[name], '-M', 'pc', '-m', '16'],
            ...['-nodefaults', '-display', 'none', '-no-reboot'],
            ...['-device', 'isa-debug-exit,iobase=0xf4,iosize=4'],
            ...['-drive', `file=${file},format=raw,if=floppy,snapshot=on`, '-boot', 'a'],
        ];
        const begun = performance.now();
        const { exitCode, signal, stderr, timedOut } = await execa('qemu-system-x86_64', options, {
            reject: false,
            timeout: boundSeconds * 1000,
            killSignal: 'SIGKILL',
        });
        const seconds = (performance.now() - begun) / 1000;
        if (exitCode === ranStatus) {
            return { ok: true, seconds };
        }
        const [said = ''] = stderr.split('\n');
        const ending = timedOut
            ? `the probe did not end within ${boundSeconds.toFixed(1)} s`
            : `QEMU ended with ${signal ?? `status ${exitCode}`} (${said})`;
        return { ok: false, reason: ending };
    };
}

async function opens(path: string): Promise<boolean> {
    return access(path, constants.R_OK | constants.W_OK).then(
        () => true,
        () => false,
    );
}
