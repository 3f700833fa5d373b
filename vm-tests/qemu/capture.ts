import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
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

/**
 * The lengths of the frames of a capture, as they were on the wire
 * (draft-ietf-opsawg-pcap: a header of 24 bytes, one of 16 before each frame).
 */
export async function frameLengths(file: string): Promise<readonly number[]> {
    const bytes = await readFile(file);
    const lengths: number[] = [];
    for (let at = 24; at + 16 <= bytes.length; at += 16 + bytes.readUInt32LE(at + 8)) {
        lengths.push(bytes.readUInt32LE(at + 12));
    }
    return lengths;
}
