import { endAtBridge, endAtMachine } from './frames.ts';

/** Takes a frame of Ethernet, and sends it on as it is or otherwise, once, often, later or not at all. */
export type FrameChange = (frame: Buffer, send: (frame: Buffer) => void) => void;

/** What is done to the frames of each direction. Default: they go on as they are. */
export interface FrameChanges {
    readonly toBridge?: FrameChange;
    readonly toMachine?: FrameChange;
}

/** What a NIC is connected to the bridge by, where frames are looked at or changed on the way. */
export interface Wire {
    /** What a NIC is plugged into it by, for `-netdev` of QEMU. */
    readonly plug: string;
    /** Changes what goes through from now on, after those before. @returns what takes that back. */
    readonly change: (changes: FrameChanges) => () => void;
    readonly end: () => Promise<void>;
}

/** Lays such a wire. @param log of what carries the frames. */
export async function makeWire(bridge: string, log: string): Promise<Wire> {
    const changes: FrameChanges[] = [];
    let ended = false;
    const pass = (direction: keyof FrameChanges, out: (frame: Buffer) => void) => {
        const send = (frame: Buffer, from: number): void => {
            const next = changes.findIndex(
                (one, index) => index >= from && one[direction] !== undefined,
            );
            const change = changes[next]?.[direction];
            if (ended) {
                return;
            }
            if (change === undefined) {
                out(frame);
            } else {
                change(frame, (changed) => send(changed, next + 1));
            }
        };
        return (frame: Buffer) => send(frame, 0);
    };
    const machine = await endAtMachine(pass('toBridge', (frame) => bridgeEnd.send(frame)));
    const bridgeEnd = await endAtBridge(
        { bridge },
        log,
        pass('toMachine', (frame) => machine.send(frame)),
    );
    return {
        plug: machine.plug,
        change(one) {
            changes.push(one);
            return () => {
                changes.splice(changes.indexOf(one), 1);
            };
        },
        end: async () => {
            if (!ended) {
                ended = true;
                await machine.end();
                await bridgeEnd.end();
            }
        },
    };
}
