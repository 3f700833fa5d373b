import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** What somebody needs for a while, all of it at once. */
export interface Wish {
    /** Who asks, for people. */
    readonly who: string;
    /** Names of things that nobody else may have meanwhile. */
    readonly exclusive: readonly string[];
    /** Names of things that others may share, as long as nobody wants them for himself. */
    readonly shared: readonly string[];
    /** Machines that have power at the same time. */
    readonly machines: number;
    /**
     * Comes to its turn when nobody else waits: for those that need everything for themselves. So
     * does a wish for as many machines as there may be, which others would have to wait for otherwise.
     */
    readonly last?: boolean;
}

/** Those who have something, and those who wait, in the order in which they came. */
export interface Queue<T extends Wish> {
    readonly holding: readonly T[];
    readonly waiting: readonly T[];
}

/**
 * Who of those that wait can have what he wishes now.
 *
 * Nobody overtakes somebody who waits for the same thing, so everybody comes to his turn.
 *
 * @param capacity machines that may have power at the same time. A wish for more gets all of them.
 */
export function nextTurns<T extends Wish>(
    { holding, waiting }: Queue<T>,
    capacity: number,
): readonly T[] {
    const granted: T[] = [];
    const before: T[] = [...holding];
    let room = capacity - holding.reduce((sum, { machines }) => sum + machines, 0);
    const ordered = [
        ...waiting.filter((wish) => !needsAll(wish, capacity)),
        ...waiting.filter((wish) => needsAll(wish, capacity)),
    ];
    for (const wish of ordered) {
        const machines = Math.min(wish.machines, capacity);
        const free = !before.some((other) => conflict(wish, other));
        if (free && machines <= Math.max(room, 0)) {
            granted.push(wish);
            room -= machines;
        } else if (free) {
            // It has the next machines that become free; those who need none can still go on.
            room = 0;
        }
        // Those who come later do not take what it waits for.
        before.push(wish);
    }
    return granted;
}

/** Whether a wish comes to its turn when nobody else waits. */
export function needsAll(
    { last, machines }: Pick<Wish, 'last' | 'machines'>,
    capacity: number,
): boolean {
    return last === true || (machines > 1 && machines >= capacity);
}

function conflict(one: Wish, other: Wish): boolean {
    const has = (names: readonly string[], wanted: readonly string[]) =>
        wanted.some((name) => names.includes(name));
    return (
        has(other.exclusive, [...one.exclusive, ...one.shared]) || has(other.shared, one.exclusive)
    );
}

/**
 * Hands things out among the processes of a namespace. A wish is a connection with one line of JSON;
 * the answer is a line when it is granted; what was granted comes back when the connection ends, so
 * also when its process was killed.
 *
 * @param path of the socket.
 * @param capacity machines that may have power at the same time.
 */
export async function startBroker(path: string, capacity: number): Promise<void> {
    const holding: (Wish & { socket: Socket })[] = [];
    const waiting: (Wish & { socket: Socket })[] = [];
    const remove = (from: (Wish & { socket: Socket })[], socket: Socket) => {
        const index = from.findIndex((one) => one.socket === socket);
        if (index >= 0) {
            from.splice(index, 1);
        }
    };
    const grant = () => {
        for (const turn of nextTurns({ holding, waiting }, capacity)) {
            remove(waiting, turn.socket);
            holding.push(turn);
            turn.socket.write('granted\n');
        }
    };
    const server = createServer((socket) => {
        socket.on('error', () => socket.destroy());
        socket.on('close', () => {
            remove(waiting, socket);
            remove(holding, socket);
            grant();
        });
        createInterface({ input: socket }).on('line', (line) => {
            waiting.push({ ...(JSON.parse(line) as Wish), socket });
            grant();
        });
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
}
