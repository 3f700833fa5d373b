import { connect, createServer, type Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { ClusterDaemon } from '../cluster/daemon.ts';
import { pauseAskedMonitor } from './asked-monitor.ts';
import type { FaultTarget } from './fault.ts';

const machine = '127.0.0.9';
const nothing = {} as FaultTarget;

async function standIn() {
    const hanging = new Set<string>();
    const monitors = ['127.0.0.2', '127.0.0.3', '127.0.0.4'].map((address) => ({
        address,
        daemon: {
            pause: () => hanging.add(address),
            resume: () => hanging.delete(address),
        } as unknown as ClusterDaemon,
    }));
    const server = await new Promise<Server>((resolve) => {
        const listening = createServer().listen(0, '127.0.0.3', () => resolve(listening));
    });
    onTestFinished(() => void server.close());
    const ask = () => {
        const { port } = server.address() as { port: number };
        const socket = connect({ host: '127.0.0.3', port, localAddress: machine });
        onTestFinished(() => void socket.destroy());
    };
    return { ask, hanging, monitors };
}

test('of all monitors that one goes on to hang which the machine has a connection with', async () => {
    const { ask, hanging, monitors } = await standIn();
    const begun = pauseAskedMonitor(monitors, machine).begin(nothing);
    expect(hanging.size).toBe(3);
    ask();
    const undo = await begun;
    expect([...hanging]).toEqual(['127.0.0.3']);
    await undo();
    expect(hanging.size).toBe(0);
});

test('where it asks none of them, none goes on to hang', async () => {
    const { hanging, monitors } = await standIn();
    const fault = pauseAskedMonitor(monitors, machine, 0.2);
    await expect(fault.begin(nothing)).rejects.toThrow(
        'not within 0.2 s: 127.0.0.9 asked no monitor',
    );
    expect(hanging.size).toBe(0);
});
