import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { payloadOf, unpackPayload } from './unpacked-kernel.ts';

const program = Buffer.from('\x7fELF and what the kernel is');

/** As the build of a kernel does it: packed, and the length of what comes out of it behind that. */
function packedBy(command: string): Buffer {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(program.length);
    const words = ['--check=crc32', '--stdout'].slice(command === 'xz' ? 0 : 1);
    return Buffer.concat([execFileSync(command, words, { input: program }), length]);
}

/** A bzImage with two sectors of setup code, and a payload 64 bytes behind those. */
function bzImage(payload: Buffer): Buffer {
    const image = Buffer.alloc(3 * 512 + 64);
    image.writeUInt8(2, 0x1f1);
    image.write('HdrS', 0x202, 'latin1');
    image.writeUInt32LE(64, 0x248);
    image.writeUInt32LE(payload.length, 0x24c);
    return Buffer.concat([image, payload, Buffer.from('what comes behind it')]);
}

test.each(['xz', 'zstd'])('what %s packed into a kernel comes out of it', async (command) => {
    const payload = payloadOf(bzImage(packedBy(command))) ?? Buffer.alloc(0);
    expect(Buffer.from((await unpackPayload(payload)) ?? [])).toEqual(program);
});

test('what is no bzImage, or packed in another way, is left as it is', async () => {
    expect(payloadOf(Buffer.alloc(4096))).toBeUndefined();
    expect(payloadOf(Buffer.from('HdrS'))).toBeUndefined();
    expect(await unpackPayload(Buffer.from('BZh9'))).toBeUndefined();
});
