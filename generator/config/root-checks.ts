import { onlyFileSystem } from '../model/mount-option.ts';
import type { Host, Site } from '../model/site.ts';
import type { Problem } from './problem.ts';

type Check = (site: Omit<Site, 'source'>) => readonly Problem[];

/** What the settings of a host's root say together: one function a check, in no order. */
export const rootChecks: readonly Check[] = Object.freeze([
    optionOfOther,
    forcedCheck,
    overlayOfSnapshot,
    lockOfSnapshot,
]);

/** The keys of a root that are baked into the scripts; each value as text, to compare and to show. */
export const rootSettings: Readonly<Record<string, (host: Host) => string>> = Object.freeze({
    filesystem: ({ fileSystem }: Host) => fileSystem,
    rootFlags: ({ rootFlags }: Host) => `rootFlags ${JSON.stringify(rootFlags)}`,
    fsck: ({ fsck }: Host) => `fsck ${fsck}`,
    overlay: ({ overlay }: Host) => `overlay ${JSON.stringify(overlay) ?? 'left out'}`,
    image: ({ image }: Host) => (image.snapshot === undefined ? 'an image' : 'a snapshot'),
});

/** A snapshot can only be read. */
export function writesToImage({ image }: Host): boolean {
    return image.snapshot === undefined;
}

function optionOfOther({ hosts }: Parameters<Check>[0]): readonly Problem[] {
    return hosts.flatMap(({ name, fileSystem, rootFlags }) =>
        rootFlags.flatMap((option, index) => {
            const only = onlyFileSystem(option);
            return only === undefined || only === fileSystem
                ? []
                : ({
                      code: 'RB131',
                      message: `${option} is an option of ${only}, and the root of ${name} is ${fileSystem}`,
                      hint: `leave it out, or write filesystem: '${only}'`,
                      path: ['hosts', name, 'rootFlags', index],
                      part: 'value',
                  } as const);
        }),
    );
}

/** e2fsck checks ext4; the tools of xfs and btrfs are for a person who looks at what they say. */
function forcedCheck({ hosts }: Parameters<Check>[0]): readonly Problem[] {
    return hosts.flatMap((host) => {
        const { name, fsck, fileSystem } = host;
        const problem = (message: string, hint: string): readonly Problem[] => [
            { code: 'RB131', message, hint, path: ['hosts', name, 'fsck'], part: 'value' },
        ];
        if (fsck !== 'force') {
            return [];
        }
        if (!writesToImage(host)) {
            return problem(
                `the root of ${name} is a snapshot, which nothing can mend`,
                'leave "fsck" out, and check the image before you take a snapshot of it',
            );
        }
        return fileSystem === 'ext4'
            ? []
            : problem(
                  `the root of ${name} is ${fileSystem}, which no program checks before it is mounted`,
                  `leave "fsck" out: ${fileSystem} replays its log when it is mounted`,
              );
    });
}

/** Who boots from a snapshot decides what becomes of what the machine writes. */
function overlayOfSnapshot({ hosts }: Parameters<Check>[0]): readonly Problem[] {
    return hosts.flatMap((host): readonly Problem[] => {
        const { name, overlay } = host;
        if (writesToImage(host)) {
            return overlay === undefined || overlay === false
                ? []
                : [
                      {
                          code: 'RB131',
                          message: `${name} writes to its image, and "overlay" would keep that from it`,
                          hint: 'leave "overlay" out, or boot from a snapshot: image@snapshot',
                          path: ['hosts', name, 'overlay'],
                          part: 'value',
                      },
                  ];
        }
        return overlay !== undefined
            ? []
            : [
                  {
                      code: 'RB132',
                      message: `${name} boots from a snapshot and does not say what becomes of what it writes`,
                      hint: 'write overlay: true for a machine that forgets it at the next boot, or overlay: false if its system runs read-only',
                      path: ['hosts', name, 'image'],
                      part: 'value',
                  },
              ];
    });
}

/** Options of the lock, which a snapshot has none of. */
const lockOptions = ['lock_timeout', 'lock_on_read'] as const;

function lockOfSnapshot({ hosts }: Parameters<Check>[0]): readonly Problem[] {
    return hosts
        .filter((host) => !writesToImage(host))
        .flatMap(({ name: host, mapOptions = [] }) =>
            lockOptions
                .filter((option) => mapOptions.some(({ name }) => name === option))
                .map((option) => ({
                    code: 'RB131',
                    message: `${host} boots from a snapshot, which is mapped without a lock`,
                    hint: `leave ${option} out`,
                    path: ['hosts', host, 'mapOptions', option],
                    part: 'key',
                })),
        );
}
