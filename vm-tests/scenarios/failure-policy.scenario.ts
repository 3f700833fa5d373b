// What a machine does when it cannot boot. The boot script fails where the image is missing; the
// initramfs' own code fails where a boot script did not hand over any root.
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { BootedMachine } from '../booted-machine.ts';
import { type SerialConsole, sitDown } from '../qemu/serial-console.ts';
import { scenario } from '../scenario.ts';
import type { BootOptions } from '../scene.ts';

/** The initramfs finds nothing to mount. */
const noRoot = '#!/bin/sh\nexit 0\n';

const allowed = /RB206|No root device specified/;
const prompt = /^\(initramfs\)/;

function options(host: string, changes: Omit<BootOptions, 'machine'> = {}): BootOptions {
    return { machine: `failures/${host}`, allowed, ...changes };
}

/** Waits for the words of the initramfs about its own failure. @returns when they came. */
async function gaveUp({ journal }: BootedMachine, next: RegExp): Promise<number> {
    await journal.waitFor('the failure', ({ text }) => /No root device specified/.test(text), 60);
    const { at } = await journal.waitFor('what follows', ({ text }) => next.test(text), 10);
    return at;
}

/** How QEMU saw the machine end. */
function endings({ journal }: BootedMachine) {
    return journal.all().filter(({ source, text }) => source === 'qemu' && text === 'SHUTDOWN');
}

async function expectReboot(
    machine: BootedMachine,
    since: number,
    [least, most]: [number, number],
) {
    expect(await machine.switchedOff()).toBe('ended with status 0');
    const seconds = (performance.timeOrigin + performance.now() - since) / 1000;
    expect(seconds).toBeGreaterThan(least);
    expect(seconds).toBeLessThan(most);
    expect(endings(machine)).toMatchObject([{ data: { guest: true, reason: 'guest-reset' } }]);
}

/** Nothing comes for a while, neither an end nor a prompt for whoever hits the keys. */
async function expectHalted(machine: BootedMachine): Promise<void> {
    await machine.journal.waitFor('the halt', ({ text }) => /System halted/.test(text), 20);
    const person = sitDown(machine);
    person.type('');
    person.type('id');
    await delay(8000);
    expect(person.shown()).toBe('');
    person.close();
    expect(endings(machine)).toEqual([]);
    expect(await machine.qmp.execute('query-status')).toMatchObject({ running: true });
}

/** @returns a person at the prompt of a root shell, who has seen that it is one. */
async function shellOn(machine: BootedMachine): Promise<SerialConsole> {
    const person = sitDown(machine);
    person.type('');
    // The kernel, and the shell's question for the place of the cursor, may come behind it.
    await person.waitFor(/\(initramfs\) /, 20);
    person.type('test -w /proc/sys/kernel/panic; echo refused=$?');
    await person.waitFor(/^refused=0$/m, 20);
    return person;
}

function expectNoShell({ journal }: BootedMachine): void {
    const shown = journal.all().filter(({ source }) => source === 'console');
    expect(shown.filter(({ text }) => /\(initramfs\)|BusyBox|^# /.test(text))).toEqual([]);
}

scenario(
    {
        id: 'S08.reboots',
        title: 'a machine that cannot boot reboots after the time that it was given',
        tier: 'night',
        machines: ['failures/reboots'],
        lane: 'direct',
        premise: 'S08.premise',
        outcome: { code: 'RB206', within: 90 },
    },
    async (s) => {
        const ours = await s.boot(options('reboots'));
        const report = await ours.refused();
        expect(report).toMatchObject({
            ending: 'this machine reboots in 5 seconds',
            facts: { time: expect.stringMatching(/^\d+\.\d\d s after the start of the kernel$/) },
        });
        await expectReboot(ours, ours.poweredOn + report.seconds * 1000, [5, 20]);
        expectNoShell(ours);

        const theirs = await s.boot(options('reboots', { bootScript: noRoot }));
        const at = await gaveUp(theirs, /Rebooting automatically due to panic= boot argument/);
        await expectReboot(theirs, at, [5, 20]);
        expectNoShell(theirs);
    },
);

scenario(
    {
        id: 'S08.halts',
        title: 'a machine that is to halt when it cannot boot stays as it is',
        tier: 'night',
        machines: ['failures/halts'],
        lane: 'direct',
        premise: 'S08.premise',
        outcome: { code: 'RB206', within: 90 },
    },
    async (s) => {
        const ours = await s.boot(options('halts'));
        const report = await ours.refused();
        expect(report.ending).toBe('this machine halts: switch it off and on to try again');
        await expectHalted(ours);
        expectNoShell(ours);

        const theirs = await s.boot(options('halts', { bootScript: noRoot }));
        await gaveUp(theirs, /Halting automatically due to panic= boot argument/);
        await expectHalted(theirs);
        expectNoShell(theirs);
    },
);

scenario(
    {
        id: 'F39',
        title: 'a shell opens where it was asked for, after the report',
        tier: 'night',
        machines: ['failures/opens'],
        lane: 'direct',
        outcome: { code: 'RB206', within: 90 },
    },
    async (s) => {
        const ours = await s.boot(options('opens', { allowed: [allowed, prompt] }));
        const report = await ours.refused();
        expect(report.ending).toBe(
            'a root shell follows, as panic= asks for; "exit" reboots this machine',
        );
        const person = await shellOn(ours);
        person.type('exit');
        await expectReboot(ours, performance.timeOrigin + performance.now(), [0, 20]);
    },
);

scenario(
    {
        id: 'S08.silent',
        title: 'without panic= on the command line there is no shell either',
        tier: 'night',
        machines: ['failures/says-nothing'],
        lane: 'direct',
        premise: 'S08.premise',
        outcome: { code: 'RB206', within: 90 },
    },
    async (s) => {
        const withoutPanic = (line: string) => line.replace(/ panic=\S*/, '');
        const ours = await s.boot(options('says-nothing', { commandLine: withoutPanic }));
        const report = await ours.refused();
        expect(report.ending).toBe('this machine reboots in 60 seconds');
        expectNoShell(ours);

        const theirs = await s.boot(
            options('says-nothing', { commandLine: withoutPanic, bootScript: noRoot }),
        );
        await gaveUp(theirs, /Rebooting automatically due to panic= boot argument/);
        expectNoShell(theirs);
    },
);

scenario(
    {
        id: 'S08.premise',
        title: 'where nothing forbids it, a machine that cannot boot gives whoever is there a root shell',
        tier: 'night',
        machines: ['failures/says-nothing'],
        lane: 'direct',
        outcome: { code: 'RB206', within: 90 },
    },
    async (s) => {
        // As initramfs-tools has it by itself.
        const commandLine = (line: string) => line.replace(/ panic=\S*/, ' panic=');
        const ours = await s.boot(
            options('says-nothing', { commandLine, allowed: [allowed, prompt] }),
        );
        await ours.refused();
        (await shellOn(ours)).close();
        await ours.cutPower();

        const theirs = await s.boot(
            options('says-nothing', {
                commandLine,
                bootScript: noRoot,
                allowed: [allowed, prompt],
            }),
        );
        await theirs.console.shows('the failure', /No root device specified/, 60);
        (await shellOn(theirs)).close();
    },
);

scenario(
    {
        id: 'F39.break',
        title: 'whoever writes the kernel command line gets a shell, whatever the policy is',
        tier: 'night',
        machines: ['failures/halts'],
        lane: 'direct',
        outcome: { shows: 'a root shell', within: 110 },
    },
    async (s) => {
        // As the documentation says: the policy is no protection against who controls the boot server.
        const machine = await s.boot(
            options('halts', {
                commandLine: (line) => `${line} panic= break=mount`,
                allowed: prompt,
            }),
        );
        await machine.showed(/Spawning shell/);
        (await shellOn(machine)).close();
    },
);
