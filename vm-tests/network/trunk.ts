import { join } from 'node:path';
import { endAtBridge, endAtMachine } from './frames.ts';

/** A port of a switch that takes frames with the tag of one VLAN. */
export interface Trunk {
    /** What a NIC is plugged into it by, for `-netdev` of QEMU. */
    readonly plug: string;
    /** How many frames with its tag came from the machine. */
    readonly tagged: () => number;
    readonly end: () => Promise<void>;
}

/** Where a port leads. */
export interface TrunkPlan {
    readonly id: number;
    /** The bridge that is the VLAN. */
    readonly bridge: string;
    /** The bridge that frames without a tag reach, as iPXE sends them. Absent: they go nowhere. */
    readonly native?: string;
    /** The longest packet. Default: 1500. */
    readonly mtu?: number;
}

/** The type of a frame with a tag, in the place of its own (IEEE 802.1Q). */
const tagged = 0x8100;

/** Bytes before the tag: two MAC addresses. */
const beforeTag = 12;

/**
 * Makes such a port. Kernels have this in their bridges, but not every kernel that runs tests.
 *
 * @param directory gets the logs of what carries the frames.
 */
export async function makeTrunk(plan: TrunkPlan, directory: string): Promise<Trunk> {
    const { bridge, id, mtu, native } = plan;
    let count = 0;
    const log = (name: string) => join(directory, `trunk-${id}-${name}.log`);
    const machine = await endAtMachine((frame) => {
        const isOurs =
            frame.length >= beforeTag + 4 &&
            frame.readUInt16BE(beforeTag) === tagged &&
            (frame.readUInt16BE(beforeTag + 2) & 0xfff) === id;
        if (isOurs) {
            count += 1;
            const rest = [frame.subarray(0, beforeTag), frame.subarray(beforeTag + 4)];
            vlan.send(Buffer.concat(rest));
        } else {
            plain?.send(frame);
        }
    });
    const vlan = await endAtBridge({ bridge, mtu }, log(bridge), (frame) => {
        const tag = Buffer.alloc(4);
        tag.writeUInt16BE(tagged, 0);
        tag.writeUInt16BE(id, 2);
        machine.send(Buffer.concat([frame.subarray(0, beforeTag), tag, frame.subarray(beforeTag)]));
    });
    const plain =
        native === undefined
            ? undefined
            : await endAtBridge({ bridge: native, mtu }, log(native), machine.send);
    return {
        plug: machine.plug,
        tagged: () => count,
        end: async () => {
            await machine.end();
            await vlan.end();
            await plain?.end();
        },
    };
}
