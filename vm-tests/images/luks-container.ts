import { createCipheriv, randomBytes } from 'node:crypto';
import { open, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { execa } from 'execa';

/** Of every container that is made here, as an /etc/crypttab can name it beforehand. */
export const luksUuid = '3b6f7c1e-52a4-4d0a-9a55-6f1d0c8e2b47';

/** A container, and what it is found by. */
export interface LuksPlan {
    readonly version: 'luks1' | 'luks2';
    /** Default: {@link luksUuid}. */
    readonly uuid?: string;
    /** Of LUKS2, at most 47 bytes. Default: none. */
    readonly label?: string;
}

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

/** How much is encrypted at a time. */
const piece = 4 << 20;

/**
 * Writes a file system into a new LUKS container. cryptsetup makes the header on a plain file; this
 * machine need not have dm-crypt, so the data is encrypted here, sector by sector as dm-crypt reads
 * it: aes-xts-plain64, where the number of the sector is the tweak. That is 5 s for 1 GB.
 *
 * @param file is made; it has to be new.
 */
export async function makeLuksContainer(
    { label, uuid = luksUuid, version }: LuksPlan,
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
            ...['--type', version, '--uuid', uuid, '--volume-key-file', volumeKeyFile],
            ...(label === undefined ? [] : ['--label', label]),
            ...['--cipher', 'aes-xts-plain64', '--key-size', '512', '--hash', 'sha256'],
            // Chosen by the file system that the file is on, if it is not said.
            ...(version === 'luks2' ? ['--sector-size', String(sectorSize)] : []),
            ...slot[version],
            file,
        ],
        { input: passphrase },
    );
    await rm(volumeKeyFile);
    await execa('cryptsetup', ['luksAddKey', ...common, ...slot[version], file, keyFile], {
        input: passphrase,
    });
    await encryptInto(volumeKey, plain, file, offset);
}

/** All of it, zeros too: nothing tells which of them a file system relies on. */
async function encryptInto(
    key: Buffer,
    plain: string,
    file: string,
    offset: number,
): Promise<void> {
    const from = await open(plain, 'r');
    const to = await open(file, 'r+');
    const buffer = Buffer.alloc(piece);
    for (let at = 0; ; ) {
        const { bytesRead } = await from.read(buffer, 0, piece, at);
        if (bytesRead === 0) {
            break;
        }
        await to.write(encrypt(key, buffer.subarray(0, bytesRead), at), 0, bytesRead, offset + at);
        at += bytesRead;
    }
    await from.close();
    await to.close();
}

/** @param start where in the container's data this stands, in bytes. */
function encrypt(key: Buffer, plain: Buffer, start: number): Buffer {
    const encrypted = Buffer.alloc(plain.length);
    const tweak = Buffer.alloc(16);
    for (let at = 0; at < plain.length; at += sectorSize) {
        tweak.writeBigUInt64LE(BigInt((start + at) / sectorSize));
        const cipher = createCipheriv('aes-256-xts', key, tweak);
        cipher.update(plain.subarray(at, at + sectorSize)).copy(encrypted, at);
    }
    return encrypted;
}
