import { execa } from 'execa';

/** How a Zstandard frame begins (RFC 8878, 3.1.1). */
const magic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/**
 * The archive in an initrd that is packed as Debian packs it, uncompressed.
 *
 * @throws Error if there is none, so that nobody searches in nothing.
 */
export async function unpackInitrd(initrd: Buffer): Promise<Buffer> {
    const begin = initrd.indexOf(magic);
    if (begin < 0) {
        throw new Error('the initrd has no archive that is compressed with zstd');
    }
    // The padding behind it is no frame, which is an error to zstd after it has given all of it.
    const { stdout } = await execa('zstd', ['--decompress', '--stdout', '--quiet'], {
        input: initrd.subarray(begin),
        encoding: 'buffer',
        reject: false,
    });
    if (!Buffer.from(stdout).includes('TRAILER!!!')) {
        throw new Error('the archive in the initrd is cut off');
    }
    return Buffer.from(stdout);
}
