import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Journal, openJournal } from '../journal.ts';
import { watchConsole } from './console-watch.ts';
import { observeConsole, observeGuest, observeHttp } from './observe.ts';

/** A file that a machine or a server writes, and the journal of who reads it. */
function observed(observe: (journal: Journal, path: string) => { stop(): void }) {
    const directory = mkdtempSync(join(tmpdir(), 'rbdboot-'));
    const path = join(directory, 'file');
    const journal = openJournal();
    const tail = observe(journal, path);
    onTestFinished(() => {
        tail.stop();
        rmSync(directory, { recursive: true });
    });
    return { journal, write: (text: string) => appendFileSync(path, text) };
}

const anything = () => true;

test('a machine that panics is not waited for any longer', async () => {
    const { journal, write } = observed((...of) => observeConsole(...of, watchConsole()));
    const waiting = journal.waitFor('multi-user', () => false, 60);
    write('[    1.0] Kernel panic - not syncing: VFS: Unable to mount root fs\r\n');
    await expect(waiting).rejects.toThrow('the kernel panicked');
});

test('nor is one that stops in a shell, although the line of its prompt never ends', async () => {
    const { journal, write } = observed((...of) => observeConsole(...of, watchConsole()));
    const waiting = journal.waitFor('multi-user', () => false, 60);
    write('\r\n(initramfs) ');
    await expect(waiting).rejects.toThrow('opened a shell');
});

test('a scenario that waits for a failure sees it', async () => {
    const { journal, write } = observed((...of) => observeConsole(...of, watchConsole(/RB204/)));
    write('rbdboot[map-image] RB204: the monitors rejected the key\n');
    const line = await journal.waitFor('RB204', anything, 5);
    expect(line).toMatchObject({ source: 'console', text: expect.stringContaining('RB204') });
    expect(journal.closed()).toBeUndefined();
});

test('the end of a report counts only with the number of this run', async () => {
    const { journal, write } = observed((...of) => observeGuest(...of, 'f00d'));
    write('{"event":"multi-user","uptime":20.1,"data":null}\n');
    await journal.waitFor('multi-user', ({ text }) => text === 'multi-user', 5);
    write('{"event":"end","uptime":21.0,"data":"of another run"}\n');
    await expect(journal.waitFor('the end', ({ text }) => text === 'end', 5)).rejects.toThrow(
        'is not of this run',
    );
});

test('a report that goes on after its end is one of a guest that says it twice', async () => {
    const { journal, write } = observed((...of) => observeGuest(...of, 'f00d'));
    write('{"event":"end","uptime":21.0,"data":"f00d"}\n');
    await journal.waitFor('the end', ({ text }) => text === 'end', 5);
    write('{"event":"answer-0","uptime":22.0,"data":"what a scenario asked for"}\n');
    await journal.waitFor('the answer', ({ text }) => text === 'answer-0', 5);
    write('{"event":"multi-user","uptime":3.1,"data":null}\n');
    await expect(journal.waitFor('more', () => false, 5)).rejects.toMatchObject({
        cause: { failureClass: 'disagreement' },
    });
});

test('a request is seen at the time at which it was answered', async () => {
    const { journal, write } = observed((...of) =>
        observeHttp(...of, 0, { http: () => true, dhcp: () => [] }),
    );
    write('1795294798.250\t0.031\t10.77.0.101\t/by-mac/x/vmlinuz\t200\t8247232\n');
    expect(await journal.waitFor('a request', anything, 5)).toMatchObject({
        at: 1_795_294_798_250,
        text: '200 /by-mac/x/vmlinuz 8247232 bytes',
        data: { seconds: 0.031, client: '10.77.0.101', status: 200 },
    });
});
