import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connectQmp, parseQmp, type QmpEvent } from './qmp.ts';

test('each kind of line is read', () => {
    expect(parseQmp('{"QMP":{"version":{}}}')).toEqual({ kind: 'greeting' });
    expect(parseQmp('{"event":"SHUTDOWN","data":{"guest":true}}')).toEqual({
        kind: 'event',
        event: { event: 'SHUTDOWN', data: { guest: true } },
    });
    expect(parseQmp('{"return":{"status":"running"},"id":3}')).toMatchObject({ id: 3 });
    expect(parseQmp('{"error":{"class":"GenericError","desc":"no"},"id":4}')).toEqual({
        kind: 'error',
        id: 4,
        reason: 'no',
    });
});

/** A monitor that answers each command by what the test says. */
async function aMonitor(answer: (line: string, socket: Socket) => void) {
    const directory = await mkdtemp(join(tmpdir(), 'rbdboot-'));
    const server = createServer((socket) => {
        socket.on('error', () => {});
        socket.write('{"QMP":{}}\n');
        socket.on('data', (data) => answer(String(data), socket));
    });
    onTestFinished(async () => {
        server.close();
        await rm(directory, { recursive: true });
    });
    const path = join(directory, 'qmp');
    await new Promise<void>((resolve) => server.listen(path, resolve));
    return { path, log: join(directory, 'log') };
}

test('answers find their commands, and events come in between, in any pieces', async () => {
    const monitor = await aMonitor((line, socket) => {
        const { id } = JSON.parse(line);
        socket.write('{"event":"RE');
        setTimeout(() => socket.write(`SET"}\n{"return":{"for":${id}},"id":${id}}\n`), 5);
    });
    const events: QmpEvent[] = [];
    const never = new Promise<string>(() => {});
    const qmp = await connectQmp(monitor.path, never, monitor.log, (event) => events.push(event));
    onTestFinished(() => qmp.close());
    expect(await qmp.execute('query-status')).toEqual({ for: 2 });
    expect(events.map(({ event }) => event)).toEqual(['RESET', 'RESET']);
    expect(await readFile(monitor.log, 'utf8')).toContain('> {"execute":"query-status"');
});

test('whoever waits is told when the monitor goes', async () => {
    const monitor = await aMonitor((line, socket) => {
        const { id } = JSON.parse(line);
        if (id === 1) {
            socket.write('{"return":{},"id":1}\n');
        } else {
            socket.destroy();
        }
    });
    const never = new Promise<string>(() => {});
    const qmp = await connectQmp(monitor.path, never, monitor.log, () => {});
    await expect(qmp.execute('quit')).rejects.toThrow('closed its monitor');
    await expect(qmp.execute('quit')).rejects.toThrow('closed its monitor');
});

test('a QEMU that ends before its monitor is there is not waited for', async () => {
    const gone = Promise.resolve('ended with status 1');
    await expect(connectQmp('/nowhere/qmp', gone, '/dev/null', () => {})).rejects.toThrow(
        'QEMU ended with status 1',
    );
});
