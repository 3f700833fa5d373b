import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Machine } from './machine.ts';
import { NotShown, sitDown } from './serial-console.ts';

/** A machine that shows what is typed, and whose console one at a time can be at. */
async function echoing() {
    const directory = mkdtempSync(join(tmpdir(), 'rbdboot-console-'));
    const consoleLog = join(directory, 'console.raw');
    const consoleSocket = join(directory, 'console');
    writeFileSync(consoleLog, 'login: ');
    const server = createServer((person) => {
        person.on('data', (typed) => appendFileSync(consoleLog, `you said ${typed}`));
        person.on('end', () => person.end());
    });
    server.maxConnections = 1;
    await new Promise<void>((resolve) => server.listen(consoleSocket, resolve));
    onTestFinished(() => {
        server.close();
        rmSync(directory, { recursive: true });
    });
    const power = { on: true };
    const machine = {
        name: 'desk1',
        slowness: 1,
        consoleLog,
        consoleSocket,
        hasPower: () => power.on,
    } as Machine;
    return { machine, power, show: (text: string) => appendFileSync(consoleLog, text) };
}

test('what is typed is shown, and only that since the last line that was typed', async () => {
    const { machine } = await echoing();
    const person = sitDown(machine);
    person.type('one');
    await person.waitFor(/you said one\n/, 5);
    person.type('two');
    await person.waitFor(/you said two\n/, 5);
    expect(person.shown()).toBe('you said two\n');
    person.close();
});

test('what was shown before somebody sat down is not looked at', async () => {
    const { machine, show } = await echoing();
    const person = sitDown(machine);
    await expect(person.waitFor(/login: /, 0.1)).rejects.toThrow(NotShown);
    show('desk1 login: ');
    await person.waitFor(/login: /, 5);
    person.close();
});

test('a machine without power is not waited for, once it has shown all', async () => {
    const { machine, power, show } = await echoing();
    const person = sitDown(machine);
    show('Power down\n');
    power.on = false;
    await person.waitFor(/Power down/, 60);
    const more = person.waitFor(/login: /, 60);
    await expect(more).rejects.toThrow('desk1 has no power any more; it showed: Power down');
    await expect(more).rejects.not.toThrow(NotShown);
    person.close();
});
