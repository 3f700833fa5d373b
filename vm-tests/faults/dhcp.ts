import type { MacAddress } from '../../generator/model/mac-address.ts';
import { changeDhcp, type DhcpFrame, kinds, readDhcp } from '../network/dhcp-frame.ts';
import type { FrameChange, FrameChanges } from '../network/wire.ts';
import type { LastingFault } from './fault.ts';

/** No DHCP server answers this machine. */
export function noLease(): LastingFault {
    return onWire('DHCP does not answer', (mac) => ({ toMachine: replies(mac, () => {}) }));
}

/** Each answer of a DHCP server comes later. */
export function lateLease(seconds: number): LastingFault {
    return onWire(`DHCP answers ${seconds} s late`, (mac) => ({
        toMachine: replies(mac, (frame, _, send) => {
            setTimeout(send, seconds * 1000, frame);
        }),
    }));
}

/** The server takes its first offer back: the machine asks for what it was offered, and may not have it. */
export function refusedLease(): LastingFault {
    return onWire('the first lease of DHCP is refused', (mac) => {
        let refused = false;
        return {
            toMachine: replies(mac, (frame, { kind }, send) => {
                if (refused || kind !== kinds.ack) {
                    send(frame);
                    return;
                }
                refused = true;
                const nothing = { address: '0.0.0.0', withoutBootFile: true } as const;
                send(changeDhcp(frame, { kind: kinds.nak, withoutOptions: true, ...nothing }));
            }),
        };
    });
}

/** DHCP gives addresses, and does not say what to boot. */
export function leaseWithoutBootFile(): LastingFault {
    return onWire('DHCP names no boot file', (mac) => ({
        toMachine: replies(mac, (frame, _, send) =>
            send(changeDhcp(frame, { withoutBootFile: true })),
        ),
    }));
}

/**
 * A second DHCP server, which offers another address of the same network, sooner than the first one
 * does. It keeps to the protocol: it confirms what it was asked for, and that alone.
 *
 * @param last the last number of its own address, and of the one that it gives.
 */
export function secondServer(last: { server: number; lease: number }): LastingFault {
    return onWire('a second DHCP server answers first', (mac) => {
        let offer: Buffer | undefined;
        let ask: ((frame: Buffer) => void) | undefined;
        return {
            toMachine: replies(mac, (frame, { address, kind, server = '0.0.0.0' }, send) => {
                ask = send;
                if (kind === kinds.offer) {
                    const own = {
                        address: withLast(address, last.lease),
                        server: withLast(server, last.server),
                    };
                    offer = changeDhcp(frame, own);
                    send(offer);
                }
                send(frame);
            }),
            toBridge(frame, send) {
                send(frame);
                const request = readDhcp(frame);
                const chosen = offer === undefined ? undefined : readDhcp(offer)?.server;
                const isOurs = request?.kind === kinds.request && request.server === chosen;
                if (isOurs && offer !== undefined && chosen !== undefined) {
                    ask?.(changeDhcp(offer, { kind: kinds.ack }));
                }
            },
        };
    });
}

function onWire(name: string, changes: (mac: MacAddress) => FrameChanges): LastingFault {
    return {
        kind: 'lasting',
        name,
        needs: 'wire',
        inMachine: false,
        begin: async ({ mac, wire }) => {
            if (wire === undefined) {
                throw new Error('the machine has no wire');
            }
            const restore = wire.change(changes(mac));
            return async () => restore();
        },
    };
}

/** Takes what servers say to this machine alone; everything else goes on. */
function replies(
    mac: MacAddress,
    take: (frame: Buffer, message: DhcpFrame, send: (frame: Buffer) => void) => void,
): FrameChange {
    return (frame, send) => {
        const message = readDhcp(frame);
        const fromServer: readonly number[] = [kinds.offer, kinds.ack, kinds.nak];
        if (message?.client !== mac || !fromServer.includes(message.kind)) {
            send(frame);
        } else {
            take(frame, message, send);
        }
    };
}

function withLast(address: string, last: number): string {
    return [...address.split('.').slice(0, 3), last].join('.');
}
