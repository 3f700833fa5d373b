import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { MacAddress } from '../../generator/model/mac-address.ts';
import { now, openJournal } from '../journal.ts';
import type { PhaseName } from '../phase-name.ts';
import type { Machine } from '../qemu/machine.ts';
import type { FaultTarget, FinalFault, LastingFault } from './fault.ts';
import { at, type ScheduledFault } from './schedule.ts';
import { faultOver, watchFaults } from './watch.ts';

const signs: Partial<Record<PhaseName, string>> = {
    'rbdboot: network': 'rbdboot[network]: asking',
    'rbdboot: map-image': 'rbdboot[map-image]: mapping',
    systemd: 'systemd[1]: systemd 252',
};

/** A machine without a machine, with faults that only say what they were told. */
function standIn() {
    const journal = openJournal();
    const log: string[] = [];
    let die: (words: string) => void = () => {};
    const ended = new Promise<string>((resolve) => {
        die = resolve;
    });
    const machine = { name: 'desk1', journal, ended } as unknown as Machine;
    const around = { mac: '52:54:00:12:34:01' as MacAddress } as Omit<FaultTarget, 'machine'>;
    journal.add({ at: now(), source: 'harness', text: 'power on' });
    return {
        journal,
        log,
        lasting: (more: Partial<LastingFault> = {}): LastingFault => ({
            kind: 'lasting',
            name: 'rain',
            inMachine: true,
            begin: async () => {
                log.push('rains');
                return async () => {
                    log.push('dries');
                };
            },
            ...more,
        }),
        final: {
            kind: 'final',
            name: 'flood',
            strike: async () => {
                log.push('floods');
            },
        } satisfies FinalFault,
        come: (phase: PhaseName) =>
            journal.add({ at: now(), source: 'console', text: signs[phase] ?? '' }),
        die: async () => {
            die('ended');
            await delay(0);
        },
        watch: (...faults: readonly ScheduledFault[]) => watchFaults(machine, around, faults),
        told: () =>
            journal
                .all()
                .filter(({ source }) => source === 'fault')
                .map(({ text }) => text),
    };
}

test('a fault begins with its phase, once, and ends with another', async () => {
    const { come, lasting, log, told, watch } = standIn();
    const faults = watch(at('rbdboot: network', lasting()).until('rbdboot: map-image'));
    expect(told()).toEqual([]);
    come('rbdboot: network');
    come('rbdboot: network');
    await delay(0);
    expect(log).toEqual(['rains']);
    come('rbdboot: map-image');
    come('rbdboot: map-image');
    come('rbdboot: network');
    await faults.end();
    expect(log).toEqual(['rains', 'dries']);
    expect(told()).toEqual(['begins: rain', 'ends: rain']);
    expect(() => faults.expectAllCame()).not.toThrow();
});

test('one of a phase that was there before anybody watched begins at once', async () => {
    const { lasting, log, watch } = standIn();
    await watch(at('firmware', lasting())).end();
    expect(log).toEqual(['rains', 'dries']);
});

test('a fault comes later and ends by itself, and that can be waited for', async () => {
    const { come, journal, lasting, log, watch } = standIn();
    const fault = at('rbdboot: network', lasting()).after(0.05).lasting(0.05);
    const faults = watch(fault);
    come('rbdboot: network');
    expect(log).toEqual([]);
    await faultOver({ journal }, fault, 2);
    expect(log).toEqual(['rains', 'dries']);
    expect(() => faults.expectAllCame()).not.toThrow();
    await faults.end();
    expect(log).toEqual(['rains', 'dries']);
});

test('a fault whose phase never came is named, with what came', async () => {
    const { come, final, lasting, watch } = standIn();
    const faults = watch(at('systemd', lasting()), at('multi-user', final));
    come('rbdboot: network');
    expect(() => faults.expectAllCame()).toThrow(
        'the fault "rain" never began: "systemd" never came\n' +
            'the fault "flood" never began: "multi-user" never came\n' +
            'desk1 came to: firmware, rbdboot: network',
    );
    expect(() => faults.expectAllCame()).toThrow(
        expect.objectContaining({ failureClass: 'harness' }),
    );
    await faults.end();
});

test('a fault that was to end and has not is named', async () => {
    const { come, lasting, log, watch } = standIn();
    const byPhase = watch(at('rbdboot: network', lasting()).until('systemd'));
    const byTime = watch(at('rbdboot: network', lasting({ name: 'snow' })).lasting(60));
    come('rbdboot: network');
    expect(() => byPhase.expectAllCame()).toThrow('was to end, and has not: "systemd" never came');
    expect(() => byTime.expectAllCame()).toThrow(
        /the fault "snow" was to end after 60 s, and the scenario was over after 0\.0 s of it/,
    );
    await Promise.all([byPhase.end(), byTime.end()]);
    expect(log.filter((word) => word === 'dries')).toHaveLength(2);
});

test('with a machine that ends first, its own faults end, and are named if they were to', async () => {
    const { come, die, lasting, told, watch } = standIn();
    const open = watch(at('rbdboot: network', lasting()));
    const timed = watch(at('rbdboot: network', lasting({ name: 'snow' })).lasting(60));
    const later = watch(at('rbdboot: network', lasting({ name: 'hail' })).after(60));
    const never = watch(at('systemd', lasting({ name: 'wind' })));
    come('rbdboot: network');
    await die();
    expect(told()).toEqual(['begins: rain', 'begins: snow', 'ends: rain', 'ends: snow']);
    expect(() => open.expectAllCame()).not.toThrow();
    expect(() => timed.expectAllCame()).toThrow(
        /"snow" was to end, and the machine ended first, after 0\.0 s of it/,
    );
    expect(() => later.expectAllCame()).toThrow(
        '"hail" never began: the machine ended before 60 s of "rbdboot: network" were over',
    );
    expect(() => never.expectAllCame()).toThrow('"wind" never began: "systemd" never came');
    await Promise.all([open, timed, later, never].map((one) => one.end()));
});

test('a fault of the lab goes on without the machine, and is taken back in the end', async () => {
    const { come, die, journal, lasting, log, watch } = standIn();
    const outside = { inMachine: false };
    const short = at('rbdboot: network', lasting(outside)).lasting(0.05);
    const faults = watch(short, at('rbdboot: network', lasting({ ...outside, name: 'snow' })));
    come('rbdboot: network');
    await die();
    await faultOver({ journal }, short, 2);
    expect(log).toEqual(['rains', 'rains', 'dries']);
    expect(() => faults.expectAllCame()).not.toThrow();
    await faults.end();
    expect(log).toEqual(['rains', 'rains', 'dries', 'dries']);
});

test('a fault that nothing takes back comes once', async () => {
    const { come, final, log, told, watch } = standIn();
    const faults = watch(at('rbdboot: map-image', final));
    come('rbdboot: map-image');
    come('rbdboot: map-image');
    await faults.end();
    expect(log).toEqual(['floods']);
    expect(told()).toEqual(['begins: flood']);
    expect(() => faults.expectAllCame()).not.toThrow();
});

test('a fault that could not be made, or not be taken back, is named', async () => {
    const { come, lasting, watch } = standIn();
    const broken = async () => {
        throw new Error('QEMU: no such NIC');
    };
    const begins = watch(at('rbdboot: network', lasting({ begin: broken })).lasting(60));
    const ends = watch(
        at('rbdboot: network', lasting({ begin: async () => broken })).until('systemd'),
    );
    come('rbdboot: network');
    come('systemd');
    await Promise.all([begins.end(), ends.end()]);
    expect(() => begins.expectAllCame()).toThrow('"rain" could not begin: QEMU: no such NIC');
    expect(() => ends.expectAllCame()).toThrow('"rain" could not end: QEMU: no such NIC');
});

test('a fault is there while a scenario does something, and no longer, however that ends', async () => {
    const { lasting, log, told, watch } = standIn();
    const faults = watch();
    const answer = await faults.during(lasting(), async () => {
        log.push('works');
        return 7;
    });
    expect(answer).toBe(7);
    const failing = faults.during(lasting(), async () => {
        throw new Error('soaked');
    });
    await expect(failing).rejects.toThrow('soaked');
    expect(log).toEqual(['rains', 'works', 'dries', 'rains', 'dries']);
    expect(told()).toEqual(['begins: rain', 'ends: rain', 'begins: rain', 'ends: rain']);
});

test('several faults are there while something is done, and end in reverse', async () => {
    const { lasting, log, told, watch } = standIn();
    const both = [lasting(), lasting({ name: 'snow' })];
    await watch().during(both, async () => log.push('works'));
    expect(log).toEqual(['rains', 'rains', 'works', 'dries', 'dries']);
    expect(told()).toEqual(['begins: rain', 'begins: snow', 'ends: snow', 'ends: rain']);

    const second = lasting({ begin: async () => Promise.reject(new Error('no clouds')) });
    await expect(watch().during([lasting(), second], async () => 7)).rejects.toThrow('no clouds');
    expect(log.slice(5)).toEqual(['rains', 'dries']);
});
