import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJournal } from '../../journal.ts';
import { openProgress, progressReader } from './channel.ts';

let directory = '';
beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'rbdboot-progress-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function machine() {
    let end: (how: string) => void = () => {};
    const ended = new Promise<string>((resolve) => {
        end = resolve;
    });
    return { journal: openJournal(), name: 'desk1', poweredOn: 1000, ended, end };
}

describe('the way from a scenario to whoever watches', () => {
    it('tells of power, phases, signs of life, faults and the end', async () => {
        const progress = openProgress(directory, 'F16');
        const desk = machine();
        progress.begins('a wrong key');
        desk.journal.add({ at: 1001, source: 'harness', text: 'power on' });
        progress.follows(desk);
        desk.journal.add({ at: 1100, source: 'console', text: 'Linux version 6.1' });
        desk.journal.add({ at: 1200, source: 'fault', text: 'begins: the cable is out' });
        desk.end('killed');
        await desk.ended;
        progress.ends({ outcome: 'failed', class: 'auth', message: 'no' });
        const read = await progressReader(directory)();
        expect(read.map(({ id, at: _, ...event }) => event)).toEqual([
            { kind: 'power-on', machine: 'desk1' },
            { kind: 'phase', machine: 'desk1', phase: 'firmware' },
            { kind: 'phase', machine: 'desk1', phase: 'kernel' },
            { kind: 'sign', machine: 'desk1', source: 'console' },
            { kind: 'fault', machine: 'desk1', what: 'begins: the cable is out' },
            { kind: 'begins', title: 'a wrong key' },
            { kind: 'power-off', machine: 'desk1' },
            { kind: 'ends', outcome: 'failed', class: 'auth', message: 'no' },
        ]);
    });

    it('tells of a sign of life once a second at the most', async () => {
        const progress = openProgress(directory, 'F16');
        const desk = machine();
        progress.follows(desk);
        for (let at = 2000; at < 4500; at += 10) {
            desk.journal.add({ at, source: 'console', text: 'x' });
        }
        const signs = (await progressReader(directory)()).filter(({ kind }) => kind === 'sign');
        expect(signs.map(({ at }) => at)).toEqual([2000, 3000, 4000]);
    });

    it('tells the boots of one machine apart', async () => {
        const progress = openProgress(directory, 'H01');
        progress.follows(machine());
        progress.follows(machine());
        const read = await progressReader(directory)();
        expect(read.map((event) => ('machine' in event ? event.machine : ''))).toEqual([
            'desk1',
            'desk1 (boot 2)',
        ]);
    });

    it('is read from where it was left, and no half lines', async () => {
        const read = progressReader(directory);
        expect(await read()).toEqual([]);
        openProgress(directory, 'H01').begins('one');
        expect(await read()).toMatchObject([{ id: 'H01', title: 'one' }]);
        const file = join(directory, 'H01.jsonl');
        appendFileSync(file, '{"at":5,"id":"H01","kind":"be');
        expect(await read()).toEqual([]);
        appendFileSync(file, 'gins","title":"two"}\n');
        expect(await read()).toMatchObject([{ title: 'two' }]);
        expect(await read()).toEqual([]);
    });

    it('has scenarios of several processes', async () => {
        openProgress(directory, 'H01').begins('one');
        openProgress(directory, 'F16').begins('two');
        const ids = (await progressReader(directory)()).map(({ id }) => id);
        expect(ids.sort()).toEqual(['F16', 'H01']);
    });
});
