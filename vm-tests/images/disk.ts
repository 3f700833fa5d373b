import { rm, stat, writeFile } from 'node:fs/promises';
import { execa } from 'execa';

/** A disk with a partition table, of which one partition has the contents. */
export interface DiskPlan {
    readonly table: 'gpt' | 'dos';
    /** The number of that partition; those before it are small and empty. */
    readonly number: number;
    /** `gpt`: the UUID of the partition. Default: a random one. */
    readonly uuid?: string;
    /** `dos`: the number of the disk, of which the PARTUUID is made: `5b1d3ca4`. Default: a random one. */
    readonly id?: string;
}

const sectorSize = 512;
const mebibyte = 2 ** 20;
/** Of each partition in front. */
const small = 8 * mebibyte;

/**
 * Puts the contents of a raw image into a partition of a new disk.
 *
 * @param contents is gone afterwards.
 * @param front raw images for the partitions before it, of {@link small} bytes at the most. Default: none.
 */
export async function makeDisk(
    plan: DiskPlan,
    contents: string,
    file: string,
    front: readonly string[] = [],
): Promise<void> {
    const { size } = await stat(contents);
    const before = Array.from({ length: plan.number - 1 }, (_, index) => ({
        start: mebibyte + index * small,
        size: small,
    }));
    const start = mebibyte + before.length * small;
    await writeFile(file, '', { mode: 0o600 });
    // A table of GPT stands at the end too.
    await execa('truncate', ['--size', String(start + size + mebibyte), file]);
    const sectors = (bytes: number) => bytes / sectorSize;
    await execa('sfdisk', ['--quiet', file], {
        input: [
            `label: ${plan.table}`,
            ...(plan.id === undefined ? [] : [`label-id: 0x${plan.id}`]),
            ...before.map((one) => `start=${sectors(one.start)}, size=${sectors(one.size)}`),
            [
                `start=${sectors(start)}, size=${sectors(size)}`,
                ...(plan.uuid === undefined ? [] : [`uuid=${plan.uuid}`]),
            ].join(', '),
            '',
        ].join('\n'),
    });
    for (const [index, image] of front.entries()) {
        await copyInto(file, image, before[index]?.start ?? 0);
    }
    await copyInto(file, contents, start);
    await rm(contents);
}

/** Blocks of zeros are left out: the disk is new. */
async function copyInto(file: string, contents: string, start: number): Promise<void> {
    const words = ['bs=1M', `seek=${start / mebibyte}`, 'conv=notrunc,sparse', 'status=none'];
    await execa('dd', [`if=${contents}`, `of=${file}`, ...words]);
}
