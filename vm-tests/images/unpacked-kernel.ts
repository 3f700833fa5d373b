import { readFile, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { buildDirectory } from '../build-directory.ts';
import { cached } from '../content-cache.ts';

/**
 * A kernel that need not unpack itself, which takes an emulated processor longer than all that comes
 * before the initramfs: the ELF file in a bzImage, which QEMU starts by its PVH entry. It has the same
 * instructions from `start_kernel` on.
 *
 * @param kernel a bzImage.
 * @returns the path of that file, which is kept; the kernel itself if there is none in it.
 */
export async function unpackedKernel(kernel: string): Promise<string> {
    const image = await readFile(kernel);
    const payload = payloadOf(image);
    if (payload === undefined || unpackerOf(payload) === undefined) {
        return kernel;
    }
    return cached({
        cache: buildDirectory().cache,
        name: 'kernel',
        suffix: '.elf',
        inputs: { image },
        make: async (path) => writeFile(path, (await unpackPayload(payload)) ?? ''),
    });
}

/** Where the length of the setup code, and place and length of the payload stand ("Documentation/arch/x86/boot.rst"). */
const header = { sectors: 0x1f1, magic: 0x202, offset: 0x248, length: 0x24c } as const;

/** What a bzImage unpacks when it starts; undefined for another file. */
export function payloadOf(image: Buffer): Buffer | undefined {
    if (image.length < 0x260 || image.toString('latin1', header.magic, 0x206) !== 'HdrS') {
        return undefined;
    }
    // Of a boot sector, in sectors of 512 bytes.
    const setup = ((image.readUInt8(header.sectors) || 4) + 1) * 512;
    const start = setup + image.readUInt32LE(header.offset);
    return image.subarray(start, start + image.readUInt32LE(header.length));
}

/** Programs that unpack a payload, by its first bytes. */
const unpackers: Readonly<Record<string, readonly [string, ...string[]]>> = {
    fd377a585a00: ['xz', '--decompress', '--stdout'],
    '28b52ffd': ['zstd', '--decompress', '--stdout'],
};

function unpackerOf(payload: Buffer): readonly [string, ...string[]] | undefined {
    const first = payload.toString('hex', 0, 6);
    return Object.entries(unpackers).find(([magic]) => first.startsWith(magic))?.[1];
}

/** @returns nothing for what none of the programs has packed. */
export async function unpackPayload(payload: Buffer): Promise<Uint8Array | undefined> {
    const [program, ...words] = unpackerOf(payload) ?? [];
    if (program === undefined) {
        return undefined;
    }
    // Behind what the program wrote stands the length of what comes out of it, in 4 bytes.
    const input = payload.subarray(0, -4);
    const { stdout } = await execa(program, words, {
        input,
        encoding: 'buffer',
        maxBuffer: 512 * 1024 ** 2,
    });
    return stdout;
}
