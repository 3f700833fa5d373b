import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ipv4, ipv6, vlan, withoutLoad } from './frame-headers.ts';
import type { Machine } from './machine.ts';

/**
 * Has QEMU write what goes through the first NIC, the beginning of each frame.
 *
 * @param bytes of each frame. Default: 64, which are its headers.
 */
export async function startCapture({ directory, qmp }: Machine, bytes = 64): Promise<string> {
    const file = join(directory, 'frames.pcap');
    const words = { id: 'capture', netdev: 'net0', file, maxlen: bytes };
    await qmp.execute('object-add', { 'qom-type': 'filter-dump', ...words });
    return file;
}

/** The lengths of the frames of a capture, as they were on the wire. */
export async function frameLengths(file: string): Promise<readonly number[]> {
    return framesIn(await readFile(file)).map(({ lengthOnWire }) => lengthOnWire);
}

/** A file of a machine as a bundle has it, before the keys are struck out: of a capture, what is plain. */
export function asShown(file: string, contents: Buffer): Buffer {
    return file.endsWith('.pcap') ? plainCapture(contents) : contents;
}

/**
 * A capture as other programs read it, and may be shown. QEMU before 8.1 writes the virtio-net header of
 * 10 or 12 bytes in front of each frame that goes through a tap (net/dump.c), and those take it for
 * addresses. What the machine loads is cut off: the keyring may be in there.
 */
export function plainCapture(capture: Buffer): Buffer {
    const header = capture.subarray(0, captureHeader);
    const frames = framesIn(capture).map(({ bytes, lengthOnWire, time }) => {
        const shown = withoutLoad(bytes);
        const lengths = Buffer.alloc(8);
        lengths.writeUInt32LE(shown.length, 0);
        lengths.writeUInt32LE(lengthOnWire, 4);
        return Buffer.concat([time, lengths, shown]);
    });
    return Buffer.concat([header, ...frames]);
}

interface CapturedFrame {
    /** Seconds and microseconds, as they stand in the file. */
    readonly time: Buffer;
    readonly bytes: Buffer;
    readonly lengthOnWire: number;
}

/** Of the file, and of each frame (draft-ietf-opsawg-pcap). */
const captureHeader = 24;
const frameHeader = 16;

function framesIn(capture: Buffer): readonly CapturedFrame[] {
    const frames: CapturedFrame[] = [];
    for (let at = captureHeader; at + frameHeader <= capture.length; ) {
        const kept = capture.readUInt32LE(at + 8);
        const start = at + frameHeader;
        const bytes = capture.subarray(start, start + kept);
        const skipped = virtioHeader(bytes);
        frames.push({
            time: capture.subarray(at, at + 8),
            bytes: bytes.subarray(skipped),
            lengthOnWire: capture.readUInt32LE(at + 12) - skipped,
        });
        at = start + kept;
    }
    return frames;
}

/** IPv4, ARP, VLAN, IPv6, and LACP: what machines here send (IEEE 802 Numbers of IANA). */
const etherTypes: readonly number[] = [ipv4, 0x0806, vlan, ipv6, 0x8809];
const etherTypeAt = 12;

/** @returns bytes in front of the frame itself. */
function virtioHeader(bytes: Buffer): number {
    const fits = (skipped: number) =>
        bytes.length >= skipped + etherTypeAt + 2 &&
        etherTypes.includes(bytes.readUInt16BE(skipped + etherTypeAt));
    return [0, 10, 12].find(fits) ?? 0;
}
