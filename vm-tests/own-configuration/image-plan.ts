import type { ImageFeature } from '../../generator/model/image-feature.ts';
import type { MountOption } from '../../generator/model/mount-option.ts';
import type { Host } from '../../generator/model/site.ts';
import { poolsOf } from '../cluster/caps.ts';
import type { DiskPlan } from '../images/disk.ts';
import type { FileSystemPlan } from '../images/file-system.ts';
import { type LuksPlan, luksUuid } from '../images/luks-container.ts';
import type { Impossible } from './impossible.ts';

/** What stands in for the image of a host: a file system, in a container, in a partition. */
export interface ImagePlan {
    readonly fileSystem: FileSystemPlan;
    /** Absent: the file system is not encrypted. */
    readonly luks?: LuksPlan;
    /** Absent: what is above is the whole image. */
    readonly disk?: DiskPlan;
    /** What the machine mounts at `/`: `/dev/rbd0p2`. */
    readonly device: string;
    /** As `rbd create` takes them, without what is said in another way there. */
    readonly features: readonly ImageFeature[];
    /** Where its data is, besides its own pool. */
    readonly dataPool?: string;
}

/** The longest label that a file system takes, in bytes (mke2fs(8), mkfs.xfs(8), mkfs.btrfs(8), cryptsetup(8)). */
const longestLabel = { ext4: 16, xfs: 12, btrfs: 255, LUKS2: 47 } as const;

const wholeUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Partitions of a DOS disk have no UUID: the number of the disk, and theirs (libblkid, `partitions/dos.c`). */
const dosPartition = /^(?<id>[0-9a-f]{8})-(?<number>[0-9a-f]{2})$/;

/** How many subvolumes are made in front of one that is named by its id. */
const mostSubvolumes = 64;
const firstSubvolume = 256;

/** Plans the image of a host, or says why there can be none. */
export function planImage(host: Host): ImagePlan | Impossible {
    const { fileSystem: type, luks, rootFlags, rootLocation } = host;
    const [kind, value = ''] = (rootLocation ?? '').split('=');
    // A root is looked for before its container is opened.
    const found = luks === undefined ? type : 'LUKS2';
    const name: Pick<FileSystemPlan, 'label' | 'uuid'> =
        kind === 'LABEL' ? { label: value } : kind === 'UUID' ? { uuid: value } : {};
    const reason = whyNotNamed(name, found) ?? whyNoPartition(kind, value);
    if (reason !== undefined) {
        return { ...reason, path: ['root'], value: rootLocation ?? '' };
    }
    const subvolume = subvolumeIn(rootFlags);
    if ('message' in subvolume) {
        return subvolume;
    }
    const disk = diskFor(kind, value);
    const place = disk === undefined ? '/dev/rbd0' : `/dev/rbd0p${disk.number}`;
    return {
        fileSystem: { type, ...(luks === undefined ? name : {}), ...subvolume },
        ...(luks === undefined ? {} : { luks: { version: 'luks2', uuid: luksUuid, ...name } }),
        ...(disk === undefined ? {} : { disk }),
        device: luks === undefined ? place : '/dev/mapper/root',
        ...storageOf(host),
    };
}

function whyNotNamed(
    { label, uuid }: Pick<FileSystemPlan, 'label' | 'uuid'>,
    what: keyof typeof longestLabel,
): Reason | undefined {
    const longest = longestLabel[what];
    if (label !== undefined && Buffer.byteLength(label) > longest) {
        return {
            message: `no ${what} has the label ${label}: it has ${longest} bytes at the most`,
            hint: 'write the label as "blkid" prints it of the image',
        };
    }
    return uuid === undefined || wholeUuid.test(uuid)
        ? undefined
        : {
              message: `no ${what} has the UUID ${uuid}: theirs have 32 digits in five groups`,
              hint: 'write the UUID as "blkid" prints it of the image',
          };
}

type Reason = Pick<Impossible, 'message' | 'hint'>;

function whyNoPartition(kind: string | undefined, value: string): Reason | undefined {
    const number = Number.parseInt(dosPartition.exec(value)?.groups?.number ?? '1', 16);
    if (kind !== 'PARTUUID' || wholeUuid.test(value)) {
        return undefined;
    }
    if (!dosPartition.test(value)) {
        return {
            message: `no partition has the PARTUUID ${value}`,
            hint: 'it is 32 digits in five groups on a disk with GPT, and eight digits, "-" and two on one with a DOS table',
        };
    }
    return number >= 1 && number <= 4
        ? undefined
        : {
              message: `${value} is a logical partition, and the disks of the test have primary ones`,
              hint: 'look for the root by its UUID, or try it on the machine itself',
          };
}

function diskFor(kind: string | undefined, value: string): DiskPlan | undefined {
    if (kind === 'PARTITION') {
        return { table: 'gpt', number: Number(value) };
    }
    if (kind !== 'PARTUUID') {
        return undefined;
    }
    const { id, number } = dosPartition.exec(value)?.groups ?? {};
    return id === undefined || number === undefined
        ? { table: 'gpt', number: 2, uuid: value }
        : { table: 'dos', number: Number.parseInt(number, 16), id };
}

/** The subvolume that the options of the mount ask for, and those that come before it by number. */
function subvolumeIn(
    rootFlags: readonly MountOption[],
): Pick<FileSystemPlan, 'subvolumes' | 'within'> | Impossible {
    const last = (name: string) =>
        rootFlags
            .map((flag): string => flag)
            .findLast((flag) => flag.startsWith(`${name}=`))
            ?.slice(name.length + 1);
    const within = last('subvol')?.replace(/^\/+|\/+$/g, '') || undefined;
    const id = last('subvolid');
    // 0 and 5 stand for the top (btrfs(5)).
    if (id === undefined || id === '0' || id === '5') {
        return within === undefined ? {} : { subvolumes: [within], within };
    }
    const before = Number(id) - firstSubvolume;
    if (!Number.isInteger(before) || before < 0 || before > mostSubvolumes) {
        const last = firstSubvolume + mostSubvolumes;
        return {
            path: ['rootFlags', rootFlags.findIndex((flag) => flag.startsWith('subvolid='))],
            value: `subvolid=${id}`,
            message: `the test can make subvolumes with the numbers ${firstSubvolume} to ${last}`,
            hint: 'name the subvolume: "subvol=@"',
        };
    }
    const others = Array.from({ length: before }, (_, index) => `.before-${index + 1}`);
    const own = within ?? `.number-${id}`;
    return { subvolumes: [...others, own], within: own };
}

/** Features that bring others along, without which `rbd create` refuses them. */
const needs: Partial<Record<ImageFeature, readonly ImageFeature[]>> = {
    'object-map': ['exclusive-lock'],
    'fast-diff': ['object-map', 'exclusive-lock'],
};

/** Those that are no word of `--image-feature`: a pool, a stripe, or what was done to the image. */
const otherwise: readonly ImageFeature[] = ['data-pool', 'striping', 'operations'];

function storageOf({ features, image }: Host): Pick<ImagePlan, 'features' | 'dataPool'> {
    const [, dataPool] = poolsOf({ image, ...(features === undefined ? {} : { features }) });
    const asked = features ?? (['layering', 'exclusive-lock'] as const);
    const all = new Set(asked.flatMap((feature) => [feature, ...(needs[feature] ?? [])]));
    return {
        features: [...all].filter((feature) => !otherwise.includes(feature)),
        ...(dataPool === undefined ? {} : { dataPool }),
    };
}
