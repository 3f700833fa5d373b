import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { join } from 'node:path';
import { execa } from 'execa';
import { startDaemon } from '../children.ts';
import { makeTap } from './bridge.ts';

/** A port of a switch that takes frames with the tag of one VLAN. */
export interface Trunk {
    /** What a NIC is plugged into it by, for `-netdev` of QEMU. */
    readonly plug: string;
    /** Frames that came from the machine. */
    readonly seen: () => { readonly tagged: number; readonly others: number };
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
 * Makes such a port. Kernels have this in their bridges, but not every kernel that runs tests: here
 * frames go through this process, as datagrams, and a QEMU without a machine brings them to a bridge.
 *
 * @param directory gets the logs of that QEMU.
 */
export async function makeTrunk(plan: TrunkPlan, directory: string): Promise<Trunk> {
    const { id, native } = plan;
    const count = { tagged: 0, others: 0 };
    const toMachine = await bind();
    const machinePort = await freePort();
    const send = (frame: Buffer) => toMachine.send(frame, machinePort, '127.0.0.1');
    const vlan = await connect(plan, plan.bridge, directory, (frame) => {
        const tag = Buffer.alloc(4);
        tag.writeUInt16BE(tagged, 0);
        tag.writeUInt16BE(id, 2);
        send(Buffer.concat([frame.subarray(0, beforeTag), tag, frame.subarray(beforeTag)]));
    });
    const plain = native === undefined ? undefined : await connect(plan, native, directory, send);
    toMachine.on('message', (frame) => {
        const isOurs =
            frame.length >= beforeTag + 4 &&
            frame.readUInt16BE(beforeTag) === tagged &&
            (frame.readUInt16BE(beforeTag + 2) & 0xfff) === id;
        if (isOurs) {
            count.tagged += 1;
            const rest = [frame.subarray(0, beforeTag), frame.subarray(beforeTag + 4)];
            vlan.send(Buffer.concat(rest));
        } else {
            count.others += 1;
            plain?.send(frame);
        }
    });
    return {
        plug: datagrams(undefined, machinePort, toMachine.address().port),
        seen: () => ({ ...count }),
        end: async () => {
            toMachine.close();
            await vlan.end();
            await plain?.end();
        },
    };
}

/** The other side of the port, in one bridge. */
async function connect(
    { id, mtu }: TrunkPlan,
    bridge: string,
    directory: string,
    received: (frame: Buffer) => void,
) {
    const socket = await bind();
    socket.on('message', received);
    const port = await freePort();
    const tap = await makeTap({ bridge }, mtu);
    const carrier = startDaemon(
        'qemu-system-x86_64',
        [
            'qemu-system-x86_64',
            ...['-machine', 'none', '-nodefaults', '-display', 'none'],
            ...['-netdev', `tap,id=tap,ifname=${tap},script=no,downscript=no`],
            ...['-netdev', datagrams('switch', port, socket.address().port)],
            ...['-netdev', 'hubport,id=port0,hubid=0,netdev=tap'],
            ...['-netdev', 'hubport,id=port1,hubid=0,netdev=switch'],
        ],
        join(directory, `trunk-${id}-${bridge}.log`),
    );
    return {
        send: (frame: Buffer) => socket.send(frame, port, '127.0.0.1'),
        end: async () => {
            await carrier.kill();
            socket.close();
            await execa('ip', ['link', 'delete', tap], { reject: false });
        },
    };
}

function datagrams(id: string | undefined, own: number, remote: number): string {
    const ends = [
        ...['local.type=inet', 'local.host=127.0.0.1', `local.port=${own}`],
        ...['remote.type=inet', 'remote.host=127.0.0.1', `remote.port=${remote}`],
    ];
    return ['dgram', ...(id === undefined ? [] : [`id=${id}`]), ...ends].join(',');
}

async function bind(): Promise<Socket> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 ** 2 });
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return socket;
}

/** A port that nobody has: this namespace is ours, so nobody takes it meanwhile. */
async function freePort(): Promise<number> {
    const socket = await bind();
    const { port } = socket.address();
    socket.close();
    await once(socket, 'close');
    return port;
}
