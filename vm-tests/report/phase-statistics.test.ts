import { expect, it } from 'vitest';
import { phaseStatistics } from './phase-statistics.ts';

const machine = (...phases: readonly (readonly [string, number, number?])[]) => ({
    name: 'desk1',
    console: [],
    phases: phases.map(([name, at, took]) => ({
        name,
        at,
        ...(took === undefined ? {} : { took }),
    })),
});

it('has each phase that ended, in the order of boots, with its budget on this machine', () => {
    const machines = [
        // One that QEMU gave its kernel to has it before others have their lease.
        machine(['firmware', 0, 1], ['kernel', 1, 4], ['systemd', 5]),
        machine(['firmware', 0, 3], ['iPXE: lease', 3, 2], ['kernel', 5, 6], ['systemd', 11]),
    ];
    expect(phaseStatistics([{ machines }], 2)).toEqual([
        { phase: 'firmware', boots: 2, p50: 1, p95: 3, budget: 12 },
        { phase: 'iPXE: lease', boots: 1, p50: 2, p95: 2, budget: 16 },
        { phase: 'kernel', boots: 2, p50: 4, p95: 6, budget: 20 },
    ]);
});
