import { createCipheriv, randomBytes } from 'node:crypto';
import { open, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { execa } from 'execa';

/** Of every container that is made here, as an /etc/crypttab can name it beforehand. */
export const luksUuid = '3b6f7c1e-52a4-4d0a-9a55-6f1d0c8e2b47';

/** What opens a container: a passphrase in one key slot, the bytes of a file in another. */
export interface LuksKeys {
    readonly passphrase: string;
    readonly keyFile: string;
}

/** Quick to derive keys for; with LUKS2 in threads, as it does by default. */
const slot = {
    luks1: ['--pbkdf-force-iterations', '1000'],
    luks2: [
        ...['--pbkdf', 'argon2id', '--pbkdf-force-iterations', '4'],
        ...['--pbkdf-memory', '1024', '--pbkdf-parallel', '4'],
    ],
} as const;

/** Where a container's data begins, in bytes: aligned as cryptsetup does it without being told. */
const dataOffset = { luks1: 2 << 20, luks2: 16 << 20 } as const;

const sectorSize = 512;

/**
 * Writes a file system into a new LUKS container. cryptsetup makes the header on a plain file; this
 * machine need not have dm-crypt, so the data is encrypted here, sector by sector as dm-crypt reads
 * it: aes-xts-plain64, where the number of the sector is the tweak.
 *
 * @param file is made; it has to be new.
 */
export async function makeLuksContainer(
    version: 'luks1' | 'luks2',
    plain: string,
    file: string,
    { passphrase, keyFile }: LuksKeys,
): Promise<void> {
    const offset = dataOffset[version];
    const { size } = await stat(plain);
    const volumeKey = randomBytes(64);
    const volumeKeyFile = `${file}.volume-key`;
    await writeFile(volumeKeyFile, volumeKey, { mode: 0o600 });
    await writeFile(file, '', { mode: 0o600 });
    await truncate(file, offset + size);
    const common = ['--batch-mode', '--disable-locks', '--key-file', '-'];
    await execa(
        'cryptsetup',
        [
            'luksFormat',
            ...common,
            ...['--type', version, '--uuid', luksUuid, '--volume-key-file', volumeKeyFile],
            ...['--cipher', 'aes-xts-plain64', '--key-size', '512', '--hash', 'sha256'],
            // Chosen by the file system that the file is on, if it is not said.
            ...(version === 'luks2' ? ['--sector-size', String(sectorSize)] : []),
            ...slot[version],
            file,
        ],
        { input: passphrase },
    );
    await execa('cryptsetup', ['luksAddKey', ...common, ...slot[version], file, keyFile], {
        input: passphrase,
    });
    const handle = await open(file, 'r+');
    await handle.write(encrypt(volumeKey, await readFile(plain)), 0, size, offset);
    await handle.close();
}

function encrypt(key: Buffer, plain: Buffer): Buffer {
    const encrypted = Buffer.alloc(plain.length);
    for (let at = 0; at < plain.length; at += sectorSize) {
        const tweak = Buffer.alloc(16);
        tweak.writeBigUInt64LE(BigInt(at / sectorSize));
        const cipher = createCipheriv('aes-256-xts', key, tweak);
        cipher.update(plain.subarray(at, at + sectorSize)).copy(encrypted, at);
    }
    return encrypted;
}
