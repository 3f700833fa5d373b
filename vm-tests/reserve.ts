import { once } from 'node:events';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import type { Wish } from './broker.ts';
import { state } from './lab.ts';

/** Where the broker of this namespace listens. */
export const brokerSocket = join(state, 'broker');

/** Waits until all of it is ours. @returns a function that gives it back. */
export async function reserve(wish: Wish): Promise<() => void> {
    const socket = createConnection(brokerSocket);
    await once(socket, 'connect');
    socket.write(`${JSON.stringify(wish)}\n`);
    const gone = once(socket, 'close').then(() => {
        throw new Error('the process that hands out machines has ended');
    });
    gone.catch(() => {});
    await Promise.race([once(socket, 'data'), gone]);
    return () => socket.destroy();
}

/** Does something while nobody else in the lab does a thing of that name. */
export async function oneAtATime<T>(name: string, work: () => Promise<T>): Promise<T> {
    const release = await reserve({ who: name, exclusive: [name], shared: [], machines: 0 });
    try {
        return await work();
    } finally {
        release();
    }
}
