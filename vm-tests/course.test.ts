import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { BootedMachine } from './booted-machine.ts';
import { beginCourse, endFaults, takeDown } from './course.ts';
import type { FaultWatch } from './faults/watch.ts';
import type { Progress } from './report/live/channel.ts';

let said: string[] = [];
beforeEach(() => {
    said = [];
    vi.useFakeTimers();
    vi.spyOn(process.stderr, 'write').mockImplementation((line) => said.push(String(line)) > 0);
});
afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
});

const progress: Progress = { begins: () => {}, ends: () => {}, follows: () => {} };
const never = () => new Promise<never>(() => {});

function machine(name: string, cutPower: () => Promise<void>): BootedMachine {
    return { name, cutPower } as BootedMachine;
}

function fault(end: () => Promise<void>): FaultWatch {
    return { end } as FaultWatch;
}

test('a fault that does not end keeps neither the others nor the scenario', async () => {
    const course = beginCourse('key', progress);
    const ended = vi.fn(async () => {});
    course.faults.push(
        fault(ended),
        fault(never),
        fault(async () => {
            throw new Error('QMP is gone');
        }),
    );
    const over = endFaults(course);
    await vi.advanceTimersByTimeAsync(31_000);
    await over;
    expect(ended).toHaveBeenCalledOnce();
    expect(said.join('')).toMatch(
        /fault does not end: QMP is gone\n.*fault does not end: not within 30 s/,
    );
});

test('a machine that is about to get power is switched off as well', async () => {
    const course = beginCourse('key', progress);
    const off: string[] = [];
    const begins = async () => {
        await vi.advanceTimersByTimeAsync(1000);
        course.machines.push(machine('late', async () => void off.push('late')));
    };
    course.machines.push(machine('early', async () => void off.push('early')));
    course.boots.push(begins());
    await takeDown(course);
    expect(course.over).toBe(true);
    expect(off).toEqual(['early', 'late']);
});

test('machines that do not go off are named, and the end comes', async () => {
    const course = beginCourse('key', progress);
    course.machines.push(machine('desk1', never));
    const over = takeDown(course);
    await vi.advanceTimersByTimeAsync(31_000);
    await over;
    expect(said.join('')).toContain('desk1 is not off: not within 30 s');
});
