import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { execa } from 'execa';
import { startDaemon } from '../children.ts';
import { makeTap } from './bridge.ts';

/** One end of a way for frames of Ethernet that leads through this process. */
export interface FrameEnd {
    readonly send: (frame: Buffer) => void;
    readonly end: () => Promise<void>;
}

/**
 * The end at a machine.
 *
 * @returns with `plug`, what a NIC is plugged into it by, for `-netdev` of QEMU.
 */
export async function endAtMachine(
    received: (frame: Buffer) => void,
): Promise<FrameEnd & { readonly plug: string }> {
    const socket = await bind();
    const port = await freePort();
    socket.on('message', received);
    return {
        plug: datagrams(undefined, port, socket.address().port),
        send: (frame) => socket.send(frame, port, '127.0.0.1'),
        end: async () => {
            socket.close();
        },
    };
}

/**
 * The end at a bridge. Frames come and go as datagrams, and a QEMU without a machine brings them to
 * the bridge: no kernel has to have anything for it.
 *
 * @param to the bridge, and the longest packet of its port. Default: 1500.
 * @param log of that QEMU.
 */
export async function endAtBridge(
    to: { readonly bridge: string; readonly mtu?: number | undefined },
    log: string,
    received: (frame: Buffer) => void,
): Promise<FrameEnd> {
    const socket = await bind();
    const port = await freePort();
    socket.on('message', received);
    const tap = await makeTap(to, to.mtu);
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
        log,
    );
    return {
        send: (frame) => socket.send(frame, port, '127.0.0.1'),
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
